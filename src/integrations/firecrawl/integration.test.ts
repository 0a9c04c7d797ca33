import { describe, expect, test } from "bun:test";
import { type FirecrawlFake, startFirecrawl } from "../../../test/fakes/firecrawl/fake";
import { keyOf, ORIGIN } from "../../../test/fakes/firecrawl/world";
import { createHttpShared } from "@/core/services/http/shared";
import { testApp } from "@test/app";
import { fastClock } from "@test/fast-clock";
import { firecrawl } from "@test/firecrawl";
import { rewindRendering } from "@test/older-rendering";
import { firecrawlIntegration } from "./integration";

describe("connecting", () => {
  test("takes addresses as people paste them, and names the account after the first site", async () => {
    await using place = await firecrawl(1);
    await place.connect({ options: { startUrls: "docs.acme.example/#top, http://www.docs.acme.example" } });
    const [account] = await place.app.credentials.list();
    expect(account).toMatchObject({ account: "docs.acme.example", status: "connected" });
    expect(account?.options["startUrls"]).toEqual(["http://www.docs.acme.example/"]);
    expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 1 });
  });

  test("says which field is wrong, and what it takes", async () => {
    await using place = await firecrawl();
    const refusal = async (changes: Record<string, unknown>) => {
      const error: unknown = await place.connect(changes).catch((thrown: unknown) => thrown);
      return error;
    };
    const options = (given: Record<string, unknown>) => refusal({ options: { startUrls: ORIGIN, ...given } });
    expect(await refusal({ apiKey: "fc-wrong" })).toMatchObject({ details: [{ field: "apiKey" }] });
    expect(await refusal({ apiKey: undefined })).toMatchObject({ details: [{ field: "apiKey" }] });
    expect(await refusal({ baseUrl: "ftp://firecrawl.acme.com" })).toMatchObject({
      details: [{ field: "baseUrl" }],
    });
    expect(await options({ startUrls: "not an address" })).toMatchObject({
      details: [
        { field: "options.startUrls", message: "takes web addresses, such as https://docs.acme.com" },
      ],
    });
    expect(await options({ includePaths: "*.html" })).toMatchObject({
      details: [{ field: "options.includePaths" }],
    });
    expect(await options({ pageLimit: "many" })).toMatchObject({ details: [{ field: "options.pageLimit" }] });
    expect(await options({ recrawl: "often" })).toMatchObject({
      details: [{ field: "options.recrawl", message: "takes one of: each sync, daily, weekly, monthly" }],
    });
  });

  test("takes a server of one's own, which knows no keys and counts no credits, however it says so", async () => {
    for (const kind of [true, "endless"] as const) {
      await using place = await firecrawl(3);
      place.fake.isOwnServer = kind;
      const own = { apiKey: "none", baseUrl: "firecrawl.acme.example/v2/" };
      await place.connect(own);
      const [account] = await place.app.credentials.list();
      expect(account?.baseUrl).toBe("https://firecrawl.acme.example");
      expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 3 });
    }
  });
});

test("a server on the company's network is asked once the operator allows it, and told apart from other web servers", async () => {
  const clock = fastClock();
  await using fake = await startFirecrawl({ seed: 7, items: 2, clock });
  const baseUrl = fake.apiUrls.replace("firecrawl=", "");
  const open = (allowed: string) =>
    testApp({
      integrations: [firecrawlIntegration],
      environment: { ALLOWED_PRIVATE_HOSTS: allowed },
      http: createHttpShared({ clock }),
    });
  const connect = (app: Awaited<ReturnType<typeof open>>, address: string) =>
    app.credentials.save(firecrawlIntegration, { ...fake.credential, baseUrl: address });
  await using closed = await open("");
  await expect(connect(closed, baseUrl)).rejects.toThrow("is not encrypted");
  await using allowed = await open(new URL(baseUrl).host);
  await expect(connect(allowed, `${baseUrl}/elsewhere`)).rejects.toThrow("leads to no Firecrawl API");
  await connect(allowed, `${baseUrl}/`);
  const [started] = await allowed.runner.start({ integration: "Firecrawl", mode: "full", trigger: "manual" });
  expect(await allowed.runner.wait(started?.runId ?? "")).toMatchObject({ state: "succeeded", inserted: 2 });
});

describe("what is asked for", () => {
  test("is bounded, fresh, and what the settings say", async () => {
    await using place = await firecrawl(6);
    const { world, fake } = place;
    world.add({ path: "/blog/a" });
    world.add({ path: "/blog/b.pdf" });
    await place.connect({
      options: {
        startUrls: `${ORIGIN}/blog`,
        includePaths: "^/blog",
        excludePaths: "\\.pdf$",
        pageLimit: "50",
        mainContentOnly: "no",
      },
    });
    expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 1 });
    expect(fake.asked).toMatchObject([
      {
        url: `${ORIGIN}/blog`,
        limit: 50,
        includePaths: ["^/blog"],
        excludePaths: ["\\.pdf$"],
        scrapeOptions: { onlyMainContent: false, maxAge: 0 },
      },
    ]);
  });

  test("of two start addresses that meet, each page is read once", async () => {
    await using place = await firecrawl(6);
    await place.connect({ options: { startUrls: [`${ORIGIN}/guide`, ORIGIN] } });
    expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 6 });
    expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 0, updated: 0, deleted: 0 });
    expect(await place.rows("firecrawlSite")).toMatchObject([
      { startUrl: `${ORIGIN}/`, pages: 6, complete: 1 },
      { startUrl: `${ORIGIN}/guide`, pages: 5, complete: 1 },
    ]);
    // One that is not wanted any more takes along what only it led to, and its row.
    await place.connect({ options: { startUrls: [`${ORIGIN}/guide`] } });
    expect(await place.sync()).toMatchObject({ state: "succeeded", deleted: 1 });
    expect(await place.rows("firecrawlSite")).toMatchObject([{ startUrl: `${ORIGIN}/guide` }]);
  });
});

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

test("where nothing can be read at all, people are told in Firecrawl's words", async () => {
  await using place = await firecrawl();
  place.world.add({ error: "DNS resolution failed" });
  await place.connect();
  const run = await place.sync();
  expect(run.state).toBe("failed");
  expect(run.error).toContain(`could read no page of ${ORIGIN}/`);
  expect(run.error).toContain("DNS resolution failed");
  place.fake.refusal = {
    status: 403,
    error: "We apologize for the inconvenience but we do not support this site.",
  };
  const refused = await place.sync();
  expect(refused.error).toContain("we do not support this site");
  expect((await place.app.credentials.list())[0]?.status).toBe("error");
});

test("a raised rendering mark renders all pages anew with the next crawl", async () => {
  await using place = await firecrawl(7);
  await place.connect();
  await place.sync();
  const before = await place.served();
  await rewindRendering(place.app.db);
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", updated: 7 });
  expect(await place.served()).toEqual(before);
});
