import { describe, expect, test } from "bun:test";
import { PermanentError } from "@/core/models/errors";
import { clientOf, provider } from "@test/provider";
import { followRedirect, type HopRequest } from "./redirect";

const from = (over: Partial<HopRequest> = {}): HopRequest => ({
  url: new URL("https://api.example/v1/pages?key=canary"),
  method: "GET",
  headers: new Headers({ authorization: "Bearer canary", "x-api-key": "canary", accept: "application/json" }),
  body: undefined,
  ...over,
});
const refusal = (job: () => unknown) => {
  try {
    job();
    return "followed";
  } catch (error) {
    return error instanceof PermanentError ? error.message : error;
  }
};

describe("what a redirect does to the request", () => {
  test.each([
    ["POST", 301, "GET"],
    ["POST", 302, "GET"],
    ["POST", 303, "GET"],
    ["PUT", 303, "GET"],
    ["HEAD", 303, "HEAD"],
    ["PUT", 302, "PUT"],
    ["POST", 307, "POST"],
    ["POST", 308, "POST"],
  ])("%s after %p is %s", (method, status, expected) => {
    const next = followRedirect(from({ method, body: "{}" }), status, "/v2");
    expect(next.method).toBe(expected);
    expect(next.body === undefined).toBe(expected === "GET");
    expect(next.url.href).toBe("https://api.example/v2");
    expect(next.headers.get("authorization")).toBe("Bearer canary");
  });

  test.each([
    ["another host", "https://evil.example/"],
    ["a host below", "https://files.api.example/"],
    ["another port", "https://api.example:8443/"],
    ["a name that only looks the same", "https://api.example.evil.example/"],
    ["no scheme of its own", "//evil.example/x"],
  ])("%s gets no credential", (_name, location) => {
    const { headers } = followRedirect(from(), 302, location);
    expect([...headers.keys()]).toEqual(["accept"]);
  });

  test.each([
    ["unencrypted", "http://api.example/v1"],
    ["another kind of address", "file:///etc/passwd"],
    ["no address", "http://"],
  ])("%s is refused", (_name, location) => {
    expect(refusal(() => followRedirect(from(), 302, location))).toContain("redirects");
  });

  test("no address at all, or the body for another origin, is refused; the words hold no query", () => {
    expect(refusal(() => followRedirect(from(), 302, null))).toContain("without a usable address");
    const secret = from({ method: "POST", body: "client_secret=canary" });
    const message = String(refusal(() => followRedirect(secret, 307, "https://evil.example/?canary")));
    expect(message).toContain("evil.example");
    expect(message).not.toContain("canary");
  });
});

describe("over real servers", () => {
  const auth = {
    headers: async () => ({ Authorization: "Bearer canary-1234567890", "X-Api-Key": "canary" }),
  };

  test("five hops are followed, and the credential stays with its own origin", async () => {
    await using other = provider(() => Response.json({ ok: true }));
    await using server = provider((heard) => {
      const hop = Number(heard.path.slice(1));
      return Response.redirect(hop === 4 ? `${other.url}/end` : `/${hop + 1}`, 302);
    });
    const client = clientOf([server.host, other.host], { auth });
    const answer = await client.request({
      url: `${server.url}/0`,
      expect: "json",
      headers: { "X-Mine": "canary" },
    });
    expect(answer).toMatchObject({ data: { ok: true }, url: `${other.url}/end` });
    expect(server.heard.map(({ headers }) => headers.get("x-api-key"))).toEqual(Array(5).fill("canary"));
    expect(JSON.stringify([...(other.heard[0]?.headers ?? [])])).not.toContain("canary");
  });

  test("a loop ends", async () => {
    await using server = provider(() => Response.redirect("/again", 302));
    const error = await clientOf(server)
      .request({ url: server.url, expect: "json" })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PermanentError);
    expect(String(error)).toContain("redirected more than 5 times");
    expect(server.heard).toHaveLength(6);
  });

  test("the words of another origin are not taken for the source's own errors", async () => {
    await using other = provider(() => Response.json({ ok: false, error: "invalid_auth" }));
    await using server = provider(() => Response.redirect(`${other.url}/file`, 302));
    const errorInBody = () => new PermanentError("The source says no.");
    const client = clientOf([server.host, other.host], { errorInBody });
    expect((await client.request({ url: server.url, expect: "json" })).data).toMatchObject({ ok: false });
  });

  test("a refusal by another origin says nothing about the credential", async () => {
    let refreshed = 0;
    await using other = provider(() => new Response("no", { status: 401 }));
    await using server = provider(() => Response.redirect(`${other.url}/file`, 302));
    const client = clientOf([server.host, other.host], {
      auth: { ...auth, refresh: async () => void refreshed++ },
    });
    const error = await client
      .request({ url: server.url, expect: "bytes" })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PermanentError);
    expect(refreshed).toBe(0);
  });
});
