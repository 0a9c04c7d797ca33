/** Tokens that end, rotate and are refused in the middle of a sync: cases 49–55. The HTTP client's tests go deeper. */
import { describe, expect, test } from "bun:test";
import { AuthError } from "@/core/models/errors";
import type { HttpAuth } from "@/core/services/http/types";
import { createHttpClient } from "@/core/services/http/client";
import { requestTokens } from "@/core/services/http/oauth-tokens";
import { createHttpShared } from "@/core/services/http/shared";
import { keepingLogger } from "@test/provider";
import { fakeApp, type FakeApp } from "@test/provider-syncs";

/** A stored token pair, renewed at the provider's token endpoint. */
function tokens() {
  const stored = { access: "first", refresh: "refresh-1" };
  const state = { fake: undefined as FakeApp | undefined, renewals: 0 };
  const auth: HttpAuth = {
    headers: async () => ({ Authorization: `Bearer ${stored.access}` }),
    refresh: async () => {
      const { fake } = state;
      if (fake === undefined) throw new Error("There is no provider yet.");
      const client = createHttpClient({
        credentialKey: "tokens",
        log: keepingLogger(),
        allowedPrivateHosts: [fake.provider.host],
      });
      const fields = { grant_type: "refresh_token", refresh_token: stored.refresh };
      const renewed = await requestTokens(client, { url: `${fake.provider.url}/token`, fields });
      state.renewals++;
      stored.access = renewed.accessToken;
      stored.refresh = renewed.refreshToken ?? stored.refresh;
    },
  };
  return { stored, state, auth };
}

async function connected(): Promise<AsyncDisposable & { fake: FakeApp } & ReturnType<typeof tokens>> {
  const all = tokens();
  const fake = await fakeApp({ http: { auth: all.auth, shared: createHttpShared() } });
  all.state.fake = fake;
  fake.provider.world.fill(12);
  fake.provider.token = "first";
  await fake.app.credentials.save(fake.app.registry.find("Fake"), {
    integration: "Fake",
    account: "default",
  });
  return { fake, ...all, [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose]() };
}

describe("a token", () => {
  test("cases 49, 51, 53: that ends mid-sync is renewed once for all requests, and the old refresh token is kept", async () => {
    await using own = await connected();
    const { fake, stored, state } = own;
    fake.provider.onRequest = (line) => {
      if (line.includes("cursor=") && state.renewals === 0) fake.provider.token = "something else";
    };
    expect(await fake.sync()).toMatchObject({ state: "succeeded", inserted: 12, failed: 0 });
    expect(state.renewals).toBe(1);
    expect(fake.provider.count("POST /token")).toBe(1);
    expect(stored.refresh).toBe("refresh-1");
    await fake.check("truth");
  });

  test("case 50: whose renewal meets 5xx or 429 stays as it was, for the next sync", async () => {
    for (const fault of [{ status: 503 }, { status: 429, headers: { "retry-after": "120" } }]) {
      await using own = await connected();
      const { fake, stored } = own;
      await fake.sync();
      fake.provider.token = "something else";
      fake.provider.fail("/token", fault);
      const run = await fake.sync();
      expect(["failed", "parked"]).toContain(run.state);
      expect(stored).toEqual({ access: "first", refresh: "refresh-1" });
      expect(await fake.app.credentials.list("Fake")).not.toMatchObject([{ status: "needs_reconnect" }]);
      fake.provider.rules.length = 0;
      expect((await fake.sync()).state).toBe("succeeded");
      await fake.check("truth");
    }
  }, 30_000);

  test("case 52: that was taken away asks for a reconnect, without a loop", async () => {
    await using own = await connected();
    const { fake } = own;
    await fake.sync();
    fake.provider.token = "something else";
    fake.provider.fail("/token", { status: 400, body: '{"error":"invalid_grant"}' });
    expect((await fake.sync()).error).toContain("Reconnect");
    expect(fake.provider.count("POST /token")).toBe(1);
    expect(await fake.app.credentials.list("Fake")).toMatchObject([{ status: "needs_reconnect" }]);
    expect(await fake.served()).toHaveLength(12);
    await fake.check();
  });

  test("case 54: whose successor was lost on the way says in plain words to reconnect", async () => {
    await using own = await connected();
    const { fake, auth } = own;
    fake.provider.token = "rotated, and never heard of";
    fake.provider.fail("/token", { status: 400, body: '{"error":"invalid_grant"}' });
    expect(auth.refresh?.() ?? Promise.resolve()).rejects.toThrow(AuthError);
    const run = await fake.sync();
    expect(run).toMatchObject({ state: "failed" });
    expect(run.error).toContain("Reconnect the account.");
  });

  test("case 55: that ends during a wait is asked for again after it", async () => {
    await using own = await connected();
    const { fake, stored } = own;
    fake.provider.fail("/items?", { status: 429, headers: { "retry-after": "1" } }, 1);
    fake.provider.onRequest = () => {
      fake.provider.onRequest = () => undefined;
      // Renewed by somebody else while this sync waits.
      stored.access = fake.provider.token = "second";
    };
    expect(await fake.sync()).toMatchObject({ state: "succeeded", inserted: 12 });
    expect(fake.provider.count("POST /token")).toBe(0);
  });
});
