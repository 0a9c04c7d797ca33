import { describe, expect, test } from "bun:test";
import { startFirecrawl } from "../../../test/fakes/firecrawl/fake";
import { ORIGIN } from "../../../test/fakes/firecrawl/world";
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
