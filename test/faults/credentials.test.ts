/** Tokens that end, rotate and are refused in the middle of a sync: cases 49–55 and 59. The HTTP client's tests go deeper. */
import { describe, expect, test } from "bun:test";
import { AuthError } from "@/core/models/errors";
import type { SyncContext } from "@/core/models/integration";
import type { HttpAuth } from "@/core/services/http/types";
import { createHttpClient } from "@/core/services/http/client";
import { requestTokens } from "@/core/services/http/oauth-tokens";
import { createHttpShared } from "@/core/services/http/shared";
import { keepBoth } from "@/core/services/keep-both";
import { keepingLogger } from "@test/provider";
import { FakeProvider } from "@test/provider-server";
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
  });

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
    expect(auth.refresh?.(await auth.headers()) ?? Promise.resolve()).rejects.toThrow(AuthError);
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

/** Accounts of the fake lead to the provider that their own setting names. */
function urlOf({ credential: { options } }: SyncContext): string {
  const { url } = options;
  return typeof url === "string" ? url : "";
}

const connector =
  ({ credentials, registry }: FakeApp["app"]) =>
  (account: string, url: string) =>
    credentials.save(registry.find("Fake"), { integration: "Fake", account, options: { url } });

describe("an account", () => {
  test("case 59: that is connected anew in the middle of a sync ends it; nothing of the two is mixed", async () => {
    await using other = await FakeProvider.start();
    other.world.put("theirs", "Written in the other workspace.");
    await using fake = await fakeApp({ urlOf });
    const { app, provider } = fake;
    provider.world.fill(12);
    const connect = connector(app);
    await connect("work", provider.url);
    let replaced: Promise<unknown> | undefined;
    provider.onRequest = (line) => {
      if (line.includes("cursor=")) replaced ??= connect("work", other.url);
    };
    expect(await fake.sync()).toMatchObject({ state: "cancelled" });
    await replaced;
    expect((await fake.served()).length).toBeLessThan(12);
    const asked = provider.asked.length;
    // Nothing that was seen of the first is a place to go on from.
    expect(await fake.sync("incremental")).toMatchObject({ state: "succeeded", mode: "full" });
    expect(provider.asked).toHaveLength(asked);
    expect(await fake.served()).toEqual(["theirs"]);
    expect((await fake.sync("incremental")).mode).toBe("incremental");
    await fake.check();
  });

  test("that leads to another one and lists none of the old items says so; both ways out of it work", async () => {
    await using other = await FakeProvider.start();
    other.world.put("theirs", "Written in the other workspace.");
    await using fake = await fakeApp({ urlOf });
    const { app, provider } = fake;
    provider.world.fill(120);
    provider.pageSize = 60;
    const connect = connector(app);
    const sync = async (account: string, confirmDeletions = false) => {
      const request = { integration: "Fake", account, mode: "full", trigger: "manual" } as const;
      const [started] = await app.runner.start({ ...request, confirmDeletions });
      return app.runner.wait(started?.runId ?? "");
    };
    await connect("work", provider.url);
    await sync("work");
    await connect("work", other.url);
    const cause = { kind: "mass-deletion" as const, missing: 120, of: 121, reconnected: true };
    const held = await sync("work");
    expect(held).toMatchObject({ state: "failed", inserted: 1, deleted: 0, cause });
    expect(held.error).toContain("The account's credential was replaced.");
    expect(held.error).toContain("To keep both, give the new one a name of its own");
    expect(await app.credentials.list("Fake")).toMatchObject([{ status: "error", statusReason: held.error }]);
    expect(await fake.served()).toHaveLength(121);

    // Both are kept: the new one under a name of its own, and this one as it was.
    const fakes = app.registry.find("Fake");
    const { runId, connected } = await keepBoth(app, fakes, { account: "work", newAccount: "other" });
    expect(await app.runner.wait(runId)).toMatchObject({ account: "other", state: "succeeded", inserted: 1 });
    expect(connected).toMatchObject({ account: "other", status: "connected", options: { url: other.url } });
    expect(await app.credentials.list("Fake")).toMatchObject([
      { account: "other" },
      { account: "work", status: "needs_reconnect", options: {} },
    ]);
    expect(await fake.served()).toHaveLength(122);
    await connect("work", provider.url);
    expect(await sync("work")).toMatchObject({ state: "succeeded", deleted: 1, cause: null });
    expect(await fake.served()).toHaveLength(121);

    // The old one is given up: what is left of it goes when a person says so.
    await connect("work", other.url);
    expect(await sync("work")).toMatchObject({ cause });
    expect(await sync("work", true)).toMatchObject({ state: "succeeded", deleted: 120, cause: null });
    expect((await app.credentials.list("Fake")).map(({ status }) => status)).toEqual([
      "connected",
      "connected",
    ]);
    await fake.check();
  });

  test("that is connected anew as its full sync ends was not read as a whole: the next sync does it", async () => {
    await using other = await FakeProvider.start();
    other.world.put("theirs", "Written in the other workspace.");
    await using fake = await fakeApp({ urlOf });
    const { app, provider } = fake;
    const connect = connector(app);
    await connect("work", provider.url);
    const { sync } = app.registry.find("Fake");
    app.registry.find("Fake").sync = async (db, context) => {
      await sync(db, context);
      app.registry.find("Fake").sync = sync;
      await connect("work", other.url);
    };
    expect(await fake.sync()).toMatchObject({ state: "cancelled" });
    expect(await fake.sync("incremental")).toMatchObject({ state: "succeeded", mode: "full" });
    expect(await fake.served()).toEqual(["theirs"]);
  });

  test("that is connected anew with the same credential goes on undisturbed", async () => {
    await using fake = await fakeApp();
    const { app, provider } = fake;
    provider.world.fill(12);
    const again = () =>
      app.credentials.save(app.registry.find("Fake"), { integration: "Fake", account: "work", apiKey: "k" });
    await again();
    let saved: Promise<unknown> | undefined;
    provider.onRequest = () => void (saved ??= again());
    expect(await fake.sync()).toMatchObject({ state: "succeeded", inserted: 12 });
    await saved;
    expect((await fake.sync("incremental")).mode).toBe("incremental");
  });
});
