import { describe, expect, test } from "bun:test";
import { AuthError, PermanentError, RateLimitedError, TransientError } from "@/core/models/errors";
import { sleep } from "@/lib/retry";
import { clientOf, type Heard, provider } from "@test/provider";
import { requestTokens } from "./oauth-tokens";
import { createHttpShared } from "./shared";

const outcome = (job: Promise<unknown>) =>
  job.then(
    (value) => value,
    (error: unknown) => error,
  );

/**
 * An account whose token the provider no longer takes, and a token endpoint that rotates both tokens and takes each
 * refresh token once, as the strict ones do.
 */
function account(tokenAnswer?: (heard: Heard) => Response) {
  const stored = { access: "access-0", refresh: "refresh-0" };
  let rotations = 0;
  let valid = "refresh-0";
  const rotate = (heard: Heard) => {
    if (new URLSearchParams(heard.body).get("refresh_token") !== valid) {
      return Response.json({ error: "invalid_grant", error_description: "Token was used" }, { status: 400 });
    }
    valid = `refresh-${++rotations}`;
    return Response.json({ access_token: `access-${rotations}`, refresh_token: valid, expires_in: "3600" });
  };
  const server = provider(async (heard) => {
    if (heard.path === "/token") {
      await sleep(20);
      return (tokenAnswer ?? rotate)(heard);
    }
    const fresh = heard.headers.get("authorization") === `Bearer access-${rotations}` && rotations > 0;
    return fresh ? Response.json({ ok: true }) : Response.json({ message: "Token expired" }, { status: 401 });
  });
  const fields = () => ({ grant_type: "refresh_token", refresh_token: stored.refresh });
  const refresh = async () => {
    const tokens = await requestTokens(clientOf(server), { url: `${server.url}/token`, fields: fields() });
    stored.access = tokens.accessToken;
    stored.refresh = tokens.refreshToken ?? "lost";
  };
  const auth = { headers: async () => ({ Authorization: `Bearer ${stored.access}` }), refresh };
  const asked = (path: string) => server.heard.filter((heard) => heard.path === path).length;
  return { server, stored, auth, asked, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

describe("a token that ends within a sync", () => {
  test("is renewed once, the request is replayed once, and all goes on", async () => {
    await using ann = account();
    const client = clientOf(ann.server, { auth: ann.auth });
    const ask = () => client.request({ url: `${ann.server.url}/page`, expect: "json" });
    expect((await ask()).data).toEqual({ ok: true });
    await ask();
    expect([ann.asked("/token"), ann.asked("/page")]).toEqual([1, 3]);
    expect(ann.stored).toEqual({ access: "access-1", refresh: "refresh-1" });
  });

  test("is renewed once for all requests and clients of the credential together", async () => {
    await using ann = account();
    const shared = createHttpShared();
    const clients = [1, 2].map(() => clientOf(ann.server, { auth: ann.auth, shared, credentialKey: "ann" }));
    const answers = await Promise.all(
      [...clients, ...clients, ...clients].map((client, index) =>
        outcome(client.request({ url: `${ann.server.url}/page?n=${index}`, expect: "json" })),
      ),
    );
    expect(answers.map((answer) => (answer instanceof Error ? answer.message : "ok"))).toEqual(
      Array(6).fill("ok"),
    );
    expect(ann.asked("/token")).toBe(1);
  });

  test("is not renewed again for a request whose refusal comes late", async () => {
    let renewed = 0;
    await using server = provider(async ({ path, headers }) => {
      if (headers.get("authorization") === "Bearer 1") return Response.json({});
      if (path === "/late") await sleep(80);
      return new Response("", { status: 401 });
    });
    const auth = {
      headers: async () => ({ Authorization: `Bearer ${renewed}` }),
      refresh: async () => void renewed++,
    };
    const client = clientOf(server, { auth });
    const ask = (path: string) => client.request({ url: server.url + path, expect: "json" });
    await Promise.all([ask("/late"), ask("/early")]);
    expect([renewed, server.heard.length]).toEqual([1, 4]);
  });

  test("that is refused again after the renewal needs a person", async () => {
    await using server = provider(() => new Response("", { status: 401 }));
    let renewed = 0;
    const auth = {
      headers: async () => ({ Authorization: `Bearer ${renewed}` }),
      refresh: async () => void renewed++,
    };
    const error = await outcome(clientOf(server, { auth }).request({ url: server.url, expect: "json" }));
    expect(error).toBeInstanceOf(AuthError);
    expect([renewed, server.heard.length]).toEqual([1, 2]);
  });

  test("is read again after a wait, so a token renewed meanwhile is used", async () => {
    await using server = provider(
      () => Response.json({}, { status: 503 }),
      () => Response.json({}),
    );
    let token = 0;
    const auth = { headers: async () => ({ Authorization: `Bearer ${++token}` }) };
    await clientOf(server, { auth }).request({ url: server.url, expect: "json" });
    expect(server.heard.map(({ headers }) => headers.get("authorization"))).toEqual(["Bearer 1", "Bearer 2"]);
  });
});

test.each([400, 403, 404, 429, 500])("a %p is no reason to renew a token", async (status) => {
  let renewed = 0;
  await using server = provider(() => new Response("", { status }));
  const auth = { headers: async () => ({}), refresh: async () => void renewed++ };
  await outcome(
    clientOf(server, { auth, policy: { attempts: 1 } }).request({ url: server.url, expect: "json" }),
  );
  expect(renewed).toBe(0);
});

describe("a renewal that fails", () => {
  test.each([
    [500, {}, TransientError],
    [502, {}, TransientError],
    [429, { "Retry-After": "30" }, RateLimitedError],
  ])(
    "with %p leaves the stored tokens, is sent once and can be tried later",
    async (status, headers, kind) => {
      await using ann = account(() => new Response("busy", { status, headers: new Headers(headers) }));
      const error = await outcome(
        clientOf(ann.server, { auth: ann.auth }).request({ url: `${ann.server.url}/page`, expect: "json" }),
      );
      expect(error).toBeInstanceOf(kind);
      expect(ann.stored).toEqual({ access: "access-0", refresh: "refresh-0" });
      expect(ann.asked("/token")).toBe(1);
    },
  );

  test.each([
    ["invalid_grant with 400", 400, { error: "invalid_grant" }],
    [
      "invalid_grant with 403",
      403,
      { error: "unauthorized_client", error_description: "invalid_grant: revoked" },
    ],
    ["invalid_grant with 401", 401, { error: "invalid_grant", error_description: "Token was revoked." }],
    [
      "invalid_grant below a long explanation",
      400,
      { error: "invalid_grant", error_description: "AADSTS700082: It has expired. ".repeat(12) },
    ],
    ["a refusal with 200", 200, { error: "bad_refresh_token" }],
  ])("with %s needs a person, without a loop", async (_name, status, body) => {
    await using ann = account(() => Response.json(body, { status }));
    const error = await outcome(
      clientOf(ann.server, { auth: ann.auth }).request({ url: `${ann.server.url}/page`, expect: "json" }),
    );
    expect(error).toBeInstanceOf(AuthError);
    expect(error instanceof AuthError && error.action).toBe("Reconnect the account.");
    expect([ann.asked("/token"), ann.asked("/page")]).toEqual([1, 1]);
  });

  test.each([
    ["an unknown application", 401, { error: "invalid_client" }],
    ["another refusal with 200", 200, { error: "incorrect_client_credentials" }],
    ["an answer without a token", 200, { token_type: "bearer" }],
  ])("with %s is not the account's fault", async (_name, status, body) => {
    await using ann = account(() => Response.json(body, { status }));
    expect(await outcome(ann.auth.refresh())).toBeInstanceOf(PermanentError);
    expect(ann.stored.refresh).toBe("refresh-0");
  });
});

describe("a token answer", () => {
  test("without a new refresh token keeps the old one, and says when the new token ends", async () => {
    const fields = { grant_type: "refresh_token", refresh_token: "old", client_secret: "canary-secret" };
    const now = Date.parse("2026-05-01T00:00:00Z");
    for (const refresh_token of [undefined, null]) {
      await using server = provider(() =>
        Response.json({ access_token: "new", refresh_token, expires_in: 60, team: "t" }),
      );
      const tokens = await requestTokens(clientOf(server), { url: server.url, fields, as: "json" }, now);
      expect(tokens).toMatchObject({ accessToken: "new", refreshToken: "old", raw: { team: "t" } });
      expect(tokens.expiresAt?.toISOString()).toBe("2026-05-01T00:01:00.000Z");
      expect(JSON.parse(server.heard[0]?.body ?? "")).toEqual(fields);
    }
  });

  test("that repeats the application's secret does not bring it into the error", async () => {
    const fields = { client_secret: "canary-secret" };
    await using server = provider(() =>
      Response.json({ message: "canary-secret is wrong" }, { status: 400 }),
    );
    const error = await outcome(requestTokens(clientOf(server), { url: server.url, fields }));
    expect(Bun.inspect(error)).not.toContain("canary-secret");
    expect(String(error)).toContain("is wrong");
  });
});
