/** What is taken for deleted, and what is not: a crawl that ends well has not always seen everything. */
import { describe, expect, test } from "bun:test";
import { firecrawl } from "@test/firecrawl";
import type { FirecrawlFake } from "../../../test/fakes/firecrawl/fake";
import { keyOf, ORIGIN } from "../../../test/fakes/firecrawl/world";

describe("what is taken for deleted", () => {
  /** Six pages are served; then something goes wrong with a crawl in which one of them would be missed. */
  async function afterTrouble(trouble: (fake: FirecrawlFake, missed: string) => void, options = {}) {
    const place = await firecrawl(6);
    await place.connect({ options: { startUrls: ORIGIN, ...options } });
    await place.sync();
    const missed = [...place.world.pages.keys()].at(-1) ?? "";
    place.world.pages.delete(missed);
    trouble(place.fake, missed);
    return { ...place, missed };
  }
  const tasks = async ({ app }: Awaited<ReturnType<typeof firecrawl>>) =>
    (await app.db.raw.all("SELECT error FROM syncTask WHERE step = 'sync-data' AND status = 'FAILED'")).map(
      ({ error }) => String(error),
    );

  test("a page that a whole crawl did not come to, and one whose address says so", async () => {
    await using place = await afterTrouble((fake) => {
      const [first] = fake.world.pages.values();
      if (first !== undefined) first.status = 410;
    });
    expect(await place.sync()).toMatchObject({ state: "succeeded", deleted: 2 });
  });

  test("nothing after a crawl that failed, was cancelled, or met its limit", async () => {
    for (const [trouble, words] of [
      [
        (fake: FirecrawlFake) => fake.endAs({ status: "failed", error: "Queue is full" }),
        "failed: Queue is full",
      ],
      [(fake: FirecrawlFake) => fake.endAs({ status: "cancelled" }), "was cancelled"],
      // Firecrawl crawls as far as the credits go, and calls that completed.
      [(fake: FirecrawlFake) => void (fake.credits = 5), "ended at or near its limit of 5 pages"],
    ] as const) {
      await using place = await afterTrouble(trouble);
      expect(await place.sync()).toMatchObject({ state: "succeeded", deleted: 0 });
      expect((await place.served()).size).toBe(6);
      expect((await tasks(place)).join()).toContain(words);
      const [site] = await place.rows("firecrawlSite");
      expect(site).toMatchObject({ complete: 0 });
      expect(String(site?.["note"])).toContain(words);
      // The next whole crawl makes up for it.
      place.fake.endAs(undefined);
      place.fake.credits = 1_000;
      expect(await place.sync()).toMatchObject({ state: "succeeded", deleted: 1 });
    }
  });

  test("nothing while a known page, which may be the only way to others, cannot be read; that page stays", async () => {
    await using place = await afterTrouble((fake) => {
      const [first] = fake.world.pages.values();
      if (first !== undefined) first.error = "The page timed out";
    });
    expect(await place.sync()).toMatchObject({ state: "succeeded", deleted: 0, failed: 1 });
    expect((await place.served()).size).toBe(6);
    expect((await tasks(place)).join("\n")).toContain("1 known pages");
    const [first] = place.world.pages.values();
    delete first?.error;
    expect(await place.sync()).toMatchObject({ state: "succeeded", deleted: 1, failed: 0 });
  });

  test("no known page that comes without its text, as from a crawler that was too quick", async () => {
    await using place = await afterTrouble((fake) => {
      const [first] = fake.world.pages.values();
      if (first !== undefined) first.body = "";
    });
    place.world.add({ body: "" });
    expect(await place.sync()).toMatchObject({ state: "succeeded", deleted: 0, failed: 1, skipped: 1 });
    expect((await place.served()).size).toBe(6);
    const [first] = place.world.pages.values();
    if (first !== undefined) first.body = "Here it is again.";
    expect(await place.sync()).toMatchObject({ state: "succeeded", deleted: 1, failed: 0 });
    expect(await place.markdown("web:docs.acme.example")).toContain("Here it is again.");
  });

  test("nothing where a site refuses most of its pages, as it does to a crawler that it keeps out", async () => {
    await using place = await firecrawl(24);
    await place.connect();
    await place.sync();
    const all = [...place.world.pages.values()];
    for (const page of all.slice(1)) page.status = 403;
    expect(await place.sync()).toMatchObject({ state: "succeeded", deleted: 0, failed: 23 });
    expect((await place.served()).size).toBe(24);
    for (const page of all.slice(4)) page.status = 200;
    // Few of them: those ask for a login by now.
    expect(await place.sync()).toMatchObject({ state: "succeeded", deleted: 3, failed: 0 });
  });

  test("not most of a large site, whatever it answers, before a person has said so", async () => {
    await using place = await firecrawl(120);
    await place.connect();
    await place.sync();
    for (const page of [...place.world.pages.values()].slice(5)) page.status = 404;
    expect(await place.sync()).toMatchObject({ state: "failed", deleted: 0 });
    expect((await place.served()).size).toBe(120);
    expect(await place.sync("full", { confirmDeletions: true })).toMatchObject({ deleted: 115 });
  });

  test("a page that nobody ever could read keeps nothing from being deleted", async () => {
    await using place = await afterTrouble((fake) => void fake.world.add({ error: "The page timed out" }));
    expect(await place.sync()).toMatchObject({ state: "succeeded", deleted: 1, failed: 1 });
  });

  test("a page that leads to another site is left out, and one that is locked or kept from robots is hidden", async () => {
    await using place = await firecrawl(5);
    const { world } = place;
    await place.connect();
    await place.sync();
    const [, away, locked, robots] = [...world.pages.values()];
    if (away === undefined || locked === undefined || robots === undefined)
      throw new Error("There are five pages.");
    away.metadata = { url: "https://login.elsewhere.example/sign-in" };
    locked.status = 403;
    world.blocked.add(robots.path);
    expect(await place.sync()).toMatchObject({ state: "succeeded", deleted: 3, skipped: 1 });
    expect([...(await place.served()).keys()]).not.toContain(keyOf(locked));
    locked.status = 200;
    expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 1 });
  });
});
