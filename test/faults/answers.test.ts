/** What a provider may answer, or fail to: cases 10–26 of the list. The HTTP client's own tests go deeper. */
import { describe, expect, test } from "bun:test";
import { listTasks } from "@/core/db/queries/tasks";
import { findRun } from "@/core/db/queries/runs";
import type { Answer } from "@test/provider-server";
import { fakeApp } from "@test/provider-syncs";

const json = { "content-type": "application/json" };
/** Where a time limit is short: on a busy machine an answer that is none of the troubles may miss it as well. */
const often = { attempts: 10, baseDelayMs: 4, maxDelayMs: 20 };

describe("a provider that asks to wait", () => {
  test("case 10: for seconds is waited for; no failure is recorded", async () => {
    await using fake = await fakeApp();
    fake.provider.world.fill(7);
    fake.provider.fail("/items?", { status: 429, headers: { "retry-after": "1" } }, 1);
    const started = Date.now();
    expect(await fake.sync()).toMatchObject({ state: "succeeded", inserted: 7, failed: 0 });
    expect(Date.now() - started).toBeGreaterThanOrEqual(1_000);
    expect(await listTasks(fake.app.db, "Fake", 0, { status: "FAILED" })).toEqual([]);
    await fake.check("truth");
  });

  test("case 11: until a date by its own skewed clock is waited for by that clock", async () => {
    await using fake = await fakeApp();
    fake.provider.world.skewMs = 600_000;
    fake.provider.world.fill(3);
    const until = new Date(Date.now() + 601_000).toUTCString();
    fake.provider.fail("/items?", { status: 429, headers: { "retry-after": until } }, 1);
    // By our own it would be ten minutes.
    expect(await fake.sync()).toMatchObject({ state: "succeeded", inserted: 3 });
    await fake.check("truth");
  });

  test("case 12: without saying how long is tried again, then put off, not dropped", async () => {
    await using fake = await fakeApp();
    fake.provider.world.fill(3);
    fake.provider.fail("/items?", { status: 429 });
    const run = await fake.sync();
    expect(run.state).toBe("parked");
    expect(fake.provider.count("/items?")).toBe(3);
    expect(Date.parse(run.parkedUntil ?? "")).toBeGreaterThan(Date.now());
    fake.provider.rules.length = 0;
    await fake.check();
  });

  test("case 13: for two hours parks the sync until then, and holds nobody up", async () => {
    await using fake = await fakeApp();
    fake.provider.world.fill(12);
    fake.provider.fail("cursor=", { status: 429, headers: { "retry-after": "7200" } });
    const run = await fake.sync();
    expect(run).toMatchObject({ state: "parked", stage: "parked", inserted: 5 });
    const wait = Date.parse(run.parkedUntil ?? "") - Date.now();
    expect(wait).toBeGreaterThan(7_190_000);
    expect(wait).toBeLessThan(7_300_000);
    await fake.check();
  });

  test("case 14: for a senseless time is neither hammered nor waited for eternally", async () => {
    for (const hint of ["-5", "0", "soon", "315360000"]) {
      await using fake = await fakeApp();
      fake.provider.world.fill(2);
      fake.provider.fail("/items?", { status: 429, headers: { "retry-after": hint } });
      const run = await fake.sync();
      expect(run.state).toBe("parked");
      expect(fake.provider.count("/items?")).toBeLessThanOrEqual(3);
      expect(Date.parse(run.parkedUntil ?? "")).toBeLessThan(Date.now() + 25 * 3_600_000);
    }
  });
});

describe("a provider in trouble", () => {
  test("case 15: a burst of 5xx is outlived", async () => {
    await using fake = await fakeApp();
    fake.provider.world.fill(7);
    for (const status of [500, 502, 503, 504, 500]) fake.provider.fail("/items?", { status }, 1);
    expect(await fake.sync()).toMatchObject({ state: "succeeded", inserted: 7, failed: 0 });
    await fake.check("truth");
  });

  test("case 16: 5xx for ever on a page fails with status and place; what was read is kept, the next sync ends", async () => {
    await using fake = await fakeApp();
    fake.provider.world.fill(12);
    fake.provider.fail("&cursor=i009", { status: 500 });
    const run = await fake.sync("incremental");
    expect(run.state).toBe("succeeded");
    const failed = await fake.sync();
    expect(failed.state).toBe("failed");
    expect(failed.error).toContain("500");
    const rows = await listTasks(fake.app.db, "Fake", 0, { status: "FAILED" });
    expect(rows.find((row) => row.step === "sync-data")?.inputs).toMatchObject({
      stream: "items",
      cursor: "i009",
    });
    expect(await fake.served()).toHaveLength(12);
    fake.provider.rules.length = 0;
    expect((await fake.sync()).state).toBe("succeeded");
    await fake.check("truth");
  });

  test("case 16: an incremental sync that failed on a page goes on at that page", async () => {
    await using fake = await fakeApp();
    fake.provider.world.fill(12);
    fake.provider.onRequest = (line) => {
      if (line.includes("cursor=") && fake.provider.rules.length === 0) {
        fake.provider.fail("since=", { status: 500 });
      }
    };
    expect(await fake.sync("incremental")).toMatchObject({ state: "failed", inserted: 5 });
    fake.provider.onRequest = () => undefined;
    fake.provider.rules.length = 0;
    fake.provider.asked.length = 0;
    expect(await fake.sync("incremental")).toMatchObject({ state: "succeeded", inserted: 7 });
    expect(fake.provider.asked[0]?.line).toContain("cursor=");
    await fake.check("truth");
  });

  test("case 17: overload codes of its own are trouble like any", async () => {
    await using fake = await fakeApp();
    fake.provider.world.fill(3);
    for (const status of [529, 520, 599]) fake.provider.fail("/items?", { status }, 1);
    expect(await fake.sync()).toMatchObject({ state: "succeeded", inserted: 3 });
  });

  test("case 18: 408, a reset connection and half a body are fetched whole", async () => {
    await using fake = await fakeApp();
    fake.provider.world.fill(7);
    fake.provider.fail("/items?", { status: 408 }, 1);
    fake.provider.fail("/items/", "reset", 1);
    fake.provider.fail("/items/", "truncate", 1);
    expect(await fake.sync()).toMatchObject({ state: "succeeded", inserted: 7, failed: 0 });
    await fake.check("truth");
  });

  test("case 22: a byte at a time is cut off by the time limits and tried again", async () => {
    await using fake = await fakeApp({ http: { timeouts: { totalMs: 1_500 }, policy: often } });
    fake.provider.world.fill(3);
    fake.provider.fail("/items/", "drip", 1);
    expect(await fake.sync()).toMatchObject({ state: "succeeded", inserted: 3 });
  });

  test("case 23: a request that is never answered is tried again", async () => {
    await using fake = await fakeApp({ http: { timeouts: { headersMs: 400 }, policy: often } });
    fake.provider.world.fill(3);
    fake.provider.fail("/items", "silence", 2);
    expect(await fake.sync()).toMatchObject({ state: "succeeded", inserted: 3 });
  });
});

describe("a 200 that is none", () => {
  const wrong: [string, (answer: Answer) => Answer, string][] = [
    ["case 19: cut JSON", (answer) => ({ ...answer, body: '{"items":[{"id":"i0' }), ""],
    [
      "case 20: a login page",
      (answer) => ({ ...answer, headers: { "content-type": "text/html" }, body: "<html>Log in</html>" }),
      "",
    ],
    [
      "case 21: an error in the body",
      (answer) => ({ ...answer, headers: json, body: { ok: false, error: "team_is_over_storage_limit" } }),
      "team_is_over_storage_limit",
    ],
  ];
  for (const [name, fault, said] of wrong) {
    test(`${name} is an error, never the end of the list: nothing is deleted`, async () => {
      await using fake = await fakeApp();
      fake.provider.world.fill(12);
      await fake.sync();
      fake.provider.fail("cursor=", fault);
      const run = await fake.sync();
      expect(run).toMatchObject({ state: "failed", deleted: 0 });
      expect(run.error).toContain(said);
      expect((await findRun(fake.app.db, run.id))?.error).not.toBe("");
      expect(await fake.served()).toHaveLength(12);
      await fake.check();
    });
  }
});

describe("an address that does not answer", () => {
  test("case 26: a redirect to another host is not followed with the credential", async () => {
    await using fake = await fakeApp();
    await using stranger = await fakeApp();
    fake.provider.world.fill(3);
    fake.provider.fail("/items?", { status: 302, headers: { location: `${stranger.provider.url}/items` } });
    expect((await fake.sync()).state).toBe("failed");
    expect(stranger.provider.asked).toEqual([]);
  });

  test("case 26: a redirect that goes in circles ends", async () => {
    await using fake = await fakeApp();
    fake.provider.fail("/items", { status: 302, headers: { location: "/items" } });
    expect((await fake.sync()).state).toBe("failed");
    expect(fake.provider.asked.length).toBeLessThan(80);
  });
});
