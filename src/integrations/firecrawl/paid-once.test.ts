/** A crawl is paid for: what is stopped goes on with it, and syncs that run by themselves heed how often one is wanted. */
import { describe, expect, test } from "bun:test";
import { resolve } from "node:path";
import { temporaryFolder } from "@test/database";
import { differences } from "@test/fake-app";
import { firecrawl } from "@test/firecrawl";
import { structureViolations } from "@test/invariants";
import { inspect } from "@test/provider-child";
import { ORIGIN } from "../../../test/fakes/firecrawl/world";

const child = resolve(import.meta.dir, "../../../test/conformance/kill-child.ts");

/** A process of its own that syncs, and dies after so many pages, or with the first request that `dies` says. */
async function killed(
  { fake }: Awaited<ReturnType<typeof firecrawl>>,
  home: string,
  pages: number,
  dies: (path: string, method: string) => boolean = () => false,
): Promise<boolean> {
  const run = Bun.spawn([process.execPath, child, "Firecrawl", fake.apiUrls, String(pages)], {
    env: { ...process.env, STONETURNER_HOME: home, LOG_LEVEL: "error", INTEGRATION_API_URLS: fake.apiUrls },
    stdio: ["ignore", "ignore", "inherit"],
  });
  fake.faults.onRequest?.(({ path, method }) => {
    if (dies(path, method)) run.kill("SIGKILL");
  });
  await run.exited;
  fake.faults.onRequest?.(() => undefined);
  return run.signalCode === "SIGKILL";
}

/** Connected in a data folder that stays, so that other processes sync it. */
async function connectedIn(home: string, items: number) {
  const place = await firecrawl(items, { home });
  await place.connect();
  return place;
}

describe("a sync that is killed", () => {
  test("goes on with its crawl at every page, and what is served is what the site holds", async () => {
    using home = temporaryFolder();
    await using place = await connectedIn(home.path, 12);
    let kills = 0;
    for (; kills < 12 && (await killed(place, home.path, 1)); kills++)
      expect(await inspect(home.path, structureViolations)).toEqual([]);
    // Wanted, begun, three parts, and what is left.
    expect(kills).toBe(6);
    expect(place.fake.asked.length).toBe(1);
    expect(differences(await place.served(), place.fake)).toEqual([]);
    expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 0, updated: 0, deleted: 0 });
    expect(place.fake.asked.length).toBe(2);
  }, 120_000);

  test("takes the crawl that is under way where its answer was not heard any more", async () => {
    using home = temporaryFolder();
    await using place = await connectedIn(home.path, 8);
    place.fake.pace = 100_000;
    const wasKilled = await killed(
      place,
      home.path,
      100,
      (path, method) => method === "POST" && path === "/v2/crawl",
    );
    expect(wasKilled).toBe(true);
    for (let waited = 0; place.fake.asked.length === 0 && waited < 100; waited++) await Bun.sleep(10);
    expect(place.fake.asked.length).toBe(1);
    expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 8 });
    expect(place.fake.asked.length).toBe(1);
  }, 60_000);
});

describe("how often a crawl is paid for", () => {
  /** As if the last crawl had begun so many hours ago. */
  const hoursAgo = (place: Awaited<ReturnType<typeof firecrawl>>, hours: number) => {
    const then = new Date(Date.now() - hours * 3_600_000).toISOString();
    return place.app.db.raw.all(
      `UPDATE "firecrawlSite" SET "crawlRun" = json_set("crawlRun", '$.startedAt', '${then}')`,
    );
  };

  test("is once a day for syncs that run by themselves, and each time for those of a person", async () => {
    await using place = await firecrawl(4);
    await place.connect();
    await place.sync();
    place.world.edit();
    for (const trigger of ["schedule", "mcp", "start"] as const)
      expect(await place.syncAs(trigger)).toMatchObject({
        state: "succeeded",
        seen: 0,
        updated: 0,
        deleted: 0,
      });
    expect(await place.syncAs("schedule", "full")).toMatchObject({ state: "succeeded", deleted: 0 });
    expect(place.fake.asked.length).toBe(1);
    expect(await place.syncAs("cli")).toMatchObject({ state: "succeeded", updated: 1 });
    expect(place.fake.asked.length).toBe(2);
    await hoursAgo(place, 22);
    await place.syncAs("schedule");
    expect(place.fake.asked.length).toBe(2);
    await hoursAgo(place, 24);
    place.world.delete();
    expect(await place.syncAs("schedule")).toMatchObject({ state: "succeeded", deleted: 1 });
    expect(place.fake.asked.length).toBe(3);
  });

  test("is what the settings say", async () => {
    await using place = await firecrawl(2);
    await place.connect({ options: { startUrls: ORIGIN, recrawl: "Weekly" } });
    await place.sync();
    await hoursAgo(place, 6 * 24);
    await place.syncAs("schedule");
    expect(place.fake.asked.length).toBe(1);
    await place.connect({ options: { startUrls: ORIGIN, recrawl: "each sync" } });
    await place.syncAs("schedule");
    await place.syncAs("schedule");
    expect(place.fake.asked.length).toBe(3);
  });

  test("is at once where other pages are wanted", async () => {
    await using place = await firecrawl(6);
    await place.connect();
    await place.sync();
    await place.connect({ options: { startUrls: ORIGIN, excludePaths: "^/guide" } });
    expect(await place.syncAs("schedule")).toMatchObject({ state: "succeeded", deleted: 5 });
    expect(place.fake.asked.length).toBe(2);
  });

  test("ends with the crawl that other settings have made useless", async () => {
    await using place = await firecrawl(40);
    await place.connect();
    place.fake.pace = 100_000;
    const [started] = await place.app.runner.start({
      integration: "Firecrawl",
      mode: "full",
      trigger: "manual",
    });
    const isNoted = async () => /"id":"/.test(String((await place.rows("firecrawlSite"))[0]?.["crawlRun"]));
    for (let waited = 0; !(await isNoted()) && waited < 500; waited++) await Bun.sleep(10);
    await place.app.runner.cancel(started?.runId ?? "");
    await place.connect({ options: { startUrls: ORIGIN, pageLimit: "3" } });
    expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 3 });
    const [first, second] = [...place.fake.crawls.values()];
    expect(first?.ended?.status).toBe("cancelled");
    expect(second?.limit).toBe(3);
  });

  test("is not told by a crawl of which a person is asked first, and the answer costs none", async () => {
    await using place = await firecrawl(110);
    await place.connect();
    await place.sync();
    for (const path of [...place.world.pages.keys()].slice(5)) place.world.pages.delete(path);
    const held = expect.stringContaining("no longer lists 105 of 110 items");
    expect(await place.sync()).toMatchObject({ state: "failed", error: held });
    await hoursAgo(place, 20);
    expect(await place.syncAs("schedule")).toMatchObject({ state: "failed", error: held });
    await hoursAgo(place, 1);
    expect(await place.sync("full", { confirmDeletions: true })).toMatchObject({
      state: "succeeded",
      deleted: 105,
    });
    expect(place.fake.asked.length).toBe(2);
    expect(await place.syncAs("schedule")).toMatchObject({ state: "succeeded", seen: 0 });
  });

  test("hides no failure: a sync after one that failed reads the last crawl again", async () => {
    await using place = await firecrawl(3);
    await place.connect();
    await place.sync();
    place.fake.faults.refuseCredential?.();
    expect(await place.sync()).toMatchObject({ state: "failed" });
    expect(await place.syncAs("schedule")).toMatchObject({ state: "failed" });
    place.fake.faults.heal();
    expect(await place.syncAs("schedule")).toMatchObject({ state: "succeeded", unchanged: 3, deleted: 0 });
    expect(place.fake.asked.length).toBe(1);
  });

  test("is not told by a crawl that brought nothing: the next sync tries again", async () => {
    await using place = await firecrawl();
    const page = place.world.add({ error: "The page timed out" });
    await place.connect();
    expect(await place.sync()).toMatchObject({ state: "failed" });
    delete page.error;
    expect(await place.syncAs("schedule")).toMatchObject({ state: "succeeded", inserted: 1 });
  });
});

describe("where Firecrawl refuses", () => {
  test("because credits are used up, it is said what to do, and everything stays", async () => {
    await using place = await firecrawl(3);
    await place.connect();
    await place.sync();
    place.fake.credits = 0;
    const run = await place.sync();
    expect(run).toMatchObject({ state: "failed", deleted: 0 });
    expect(run.error).toContain("credits do not suffice (402)");
    expect(run.error).toContain("Get more at firecrawl.dev");
    expect((await place.served()).size).toBe(3);
    place.fake.credits = 100;
    expect(await place.sync()).toMatchObject({ state: "succeeded", deleted: 0 });
  });

  test("because it was asked too often, the wait that stands in its words is heeded", async () => {
    await using place = await firecrawl(3);
    await place.connect();
    const before = place.clock.now();
    place.fake.faults.rateLimit?.(3);
    expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 3 });
    expect(place.clock.now() - before).toBeGreaterThan(3_000);
  });

  test("the key goes to no other host than the account's, whatever the next part's address says", async () => {
    await using place = await firecrawl(12);
    await place.connect();
    expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 12 });
    const parts = place.fake.requests().filter(({ path }) => /crawl\/[^/]+\?skip=(?:0|5|10)$/.test(path));
    expect(parts.map(({ status }) => status)).toEqual([200, 200, 200]);
  });
});
