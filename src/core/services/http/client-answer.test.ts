import { describe, expect, test } from "bun:test";
import { z } from "zod";
import { AuthError, InputError, PermanentError, TransientError } from "@/core/models/errors";
import { clientOf, provider } from "@test/provider";
import {
  BlockedAddressError,
  ForbiddenError,
  MissingError,
  RequestRefusedError,
  UnchangedError,
} from "./errors";
import { createHttpShared } from "./shared";
import type { HttpClientOptions } from "./types";

const once = { policy: { attempts: 1 } };
const canary = "CANARY0123456789abcdef";

async function ask(response: () => Response, options: Partial<HttpClientOptions> = {}): Promise<unknown> {
  await using server = provider(response);
  const client = clientOf(server, { ...once, ...options });
  try {
    return (await client.request({ url: `${server.url}/v1/pages/7f3c2a`, expect: "json" })).data;
  } catch (error) {
    return error;
  }
}

describe("errors by consequence", () => {
  test.each([
    [401, AuthError],
    [403, ForbiddenError],
    [404, MissingError],
    [410, MissingError],
    [400, RequestRefusedError],
    [422, RequestRefusedError],
    [304, UnchangedError],
    [408, TransientError],
    [500, TransientError],
  ])("%p", async (status, kind) => {
    const error = await ask(() => new Response(status === 304 ? null : "{}", { status }));
    expect(error).toBeInstanceOf(kind);
    expect(String(error)).toContain(`was answered with ${status}`);
  });

  test("a refusal carries the provider's own words, for those who know them", async () => {
    const error = await ask(() => Response.json({ errors: ["The cursor has expired"] }, { status: 400 }));
    expect(error instanceof RequestRefusedError && [error.status, error.detail]).toEqual([
      400,
      "The cursor has expired",
    ]);
    expect(error instanceof RequestRefusedError && error.action).toContain("account's settings");
    const missing = await ask(() => Response.json({ message: "No calls found" }, { status: 404 }));
    expect(missing instanceof MissingError && missing.detail).toBe("No calls found");
  });

  test("what did not change since is told, and counts as no failure", async () => {
    await using server = provider(() => new Response(null, { status: 304 }));
    const client = clientOf(server, once);
    const headers = { "If-None-Match": '"one"' };
    const error = await client
      .request({ url: server.url, headers, expect: "json" })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnchangedError);
    expect(client.ledger.totals()).toMatchObject({ requests: 1, failures: 0 });
  });

  test("an error in the body of a 200 is the error it is", async () => {
    const errorInBody: HttpClientOptions["errorInBody"] = ({ json }) => {
      const parsed = z.looseObject({ ok: z.literal(false), error: z.string() }).safeParse(json);
      return parsed.success ? new AuthError(`The source says ${parsed.data.error}.`) : undefined;
    };
    expect(
      await ask(() => Response.json({ ok: false, error: "invalid_auth" }), { errorInBody }),
    ).toBeInstanceOf(AuthError);
    expect(await ask(() => Response.json({ ok: true }), { errorInBody })).toEqual({ ok: true });
    const page = await ask(() => new Response("<html>", { status: 200 }), { errorInBody });
    expect(page).toBeInstanceOf(TransientError);
  });
});

describe("what is no data", () => {
  test.each([
    ["a login page", "<!DOCTYPE html><title>Sign in</title>", "text/html; charset=utf-8"],
    ["a login page that calls itself JSON", "  <html><body>captcha", "application/json"],
  ])("%s with 200 is not an empty listing, and no reason to refresh", async (_name, body, type) => {
    let refreshed = 0;
    const auth = { headers: async () => ({}), refresh: async () => void refreshed++ };
    const error = await ask(() => new Response(body, { headers: { "Content-Type": type } }), { auth });
    expect(error).toBeInstanceOf(TransientError);
    expect(String(error)).toContain("a web page instead of data");
    expect(refreshed).toBe(0);
  });

  test("text that is not JSON is told without its words", async () => {
    const error = await ask(() => new Response(`${canary} is not JSON`));
    expect(error).toBeInstanceOf(TransientError);
    expect(String(error)).not.toContain(canary);
  });

  test("204 is null, JSON under any content type is JSON", async () => {
    expect(await ask(() => new Response(null, { status: 204 }))).toBeNull();
    expect(await ask(() => new Response('{"a":1}', { headers: { "Content-Type": "text/html" } }))).toEqual({
      a: 1,
    });
    expect(await ask(() => new Response("\uFEFF[1]", { headers: { "Content-Type": "text/plain" } }))).toEqual(
      [1],
    );
  });

  test("another shape names the fields that differ, never their values", async () => {
    await using server = provider(() => Response.json({ items: [{ id: { token: canary } }] }));
    const schema = z.object({ items: z.array(z.object({ id: z.string() })), next: z.string().nullable() });
    const error = await clientOf(server)
      .request({ url: server.url, expect: "json", schema })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PermanentError);
    expect(String(error)).toContain("items.0.id (invalid_type), next (invalid_type)");
    expect(String(error)).not.toContain(canary);
  });
});

describe("what is sent", () => {
  test("names the program, asks for JSON, and carries query, body and credential", async () => {
    await using server = provider(() => Response.json({}));
    const client = clientOf(server, { auth: { headers: async () => ({ Authorization: "Bearer t" }) } });
    const url = `${server.url}/search?a=1#fragment`;
    const query = { page: 2, since: undefined, id: ["x y", "&"], deep: true };
    await client.request({ method: "POST", url, query, json: { q: "ü" }, expect: "json" });
    await client.request({ method: "POST", url, form: { a: "b c" }, expect: "json" });
    const [first, second] = server.heard;
    expect(first).toMatchObject({
      method: "POST",
      path: "/search?a=1&page=2&id=x+y&id=%26&deep=true",
      body: '{"q":"ü"}',
    });
    expect(first?.headers.get("user-agent")).toMatch(/^Stoneturner\/\d+\.\d+\.\d+/);
    expect(first?.headers.get("accept")).toBe("application/json");
    expect(first?.headers.get("content-type")).toBe("application/json");
    expect(first?.headers.get("authorization")).toBe("Bearer t");
    expect(second).toMatchObject({ body: "a=b+c" });
  });

  test("text and bytes come as they are, in their own charset", async () => {
    const latin = new Uint8Array([0xfc]);
    await using server = provider(
      () => new Response(latin, { headers: { "Content-Type": "text/plain; charset=ISO-8859-1" } }),
    );
    const client = clientOf(server);
    expect((await client.request({ url: server.url, expect: "text" })).data).toBe("ü");
    expect((await client.request({ url: server.url, expect: "bytes" })).data).toEqual(latin);
  });

  test("a key with a line break is refused without being repeated", async () => {
    await using server = provider(() => Response.json({}));
    const client = clientOf(server, {
      auth: { headers: async () => ({ Authorization: `Bearer ${canary}\r\nX: 1` }) },
    });
    const error = await client
      .request({ url: server.url, expect: "json" })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PermanentError);
    expect(Bun.inspect(error)).not.toContain(canary);
    expect(server.heard).toHaveLength(0);
  });

  test("a key is not sent unencrypted, unless the operator vouches for the host", async () => {
    const auth = { headers: async () => ({ Authorization: "Bearer t" }) };
    const shared = createHttpShared({ resolve: async () => ["93.184.216.34"] });
    const error = await clientOf([], { auth, shared })
      .request({ url: "http://api.example/", expect: "json" })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BlockedAddressError);
    expect(String(error)).toContain("not encrypted");
  });

  test("an address that is none is the caller's mistake", async () => {
    const error = await clientOf([])
      .request({ url: "api.example", expect: "json" })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
  });
});

describe("secrets", () => {
  test("a provider that repeats the credential is not repeated, nor is the query, in errors, log and ledger", async () => {
    const basic = Buffer.from(`access-key:${canary}`).toString("base64");
    const echo = `You sent ${canary} as ${basic} and \u001B[31maccess-key\u202E`;
    await using server = provider(() => Response.json({ message: echo }, { status: 500 }));
    const auth = { headers: async () => ({ Authorization: `Basic ${basic}` }) };
    const client = clientOf(server, { auth, policy: { attempts: 2, baseDelayMs: 1 } });
    const url = `${server.url}/hooks/${canary}?token=${canary}`;
    const error = await client.request({ url, expect: "json" }).catch((thrown: unknown) => thrown);
    const everything = Bun.inspect([error, client.log.lines, client.ledger.entries()], { depth: 10 });
    expect(everything).toContain("You sent");
    for (const secret of [canary, basic, "access-key", "\u001B[31m", "\u202E"])
      expect(everything).not.toContain(secret);
  });
});
