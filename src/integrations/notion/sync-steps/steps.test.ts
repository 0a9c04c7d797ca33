/** The steps of a listing by themselves, left off and taken up anywhere, on a real database. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { rowsOfAccount } from "@/core/db/own-rows";
import { type NotionFake, startFake } from "../../../../test/fakes/notion/fake";
import { listingOf, pagesOf } from "../../../../test/fakes/notion/listing";
import { type FakePage, plain } from "../../../../test/fakes/notion/state";
import { saveLinks } from "../db/links";
import { notionDataSource, notionLink, notionPage, notionUser } from "../db/schema";
import { discover } from "./discover";
import type { Listing } from "./listing";
import { askForMissingPages, askForMissingSources } from "./missing";
import { queryRows } from "./query-rows";
import { searchDataSources, searchPages, searchTrash, searchTrashedSources } from "./search";
import { readUsers } from "./users";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const start = Date.parse("2026-05-10T09:00:00Z");

let now = start;
let fake: NotionFake;
beforeEach(async () => {
  now = start;
  const clock = { now: () => now, sleep: () => Promise.resolve(), random: () => 0.5 };
  fake = await startFake({ seed: 4, items: 0, clock });
});
afterEach(() => fake[Symbol.asyncDispose]());

const idsOf = (pages: readonly FakePage[]) => pages.map(({ id }) => plain(id)).sort();
const storedPages = async ({ db }: Listing) =>
  (await rowsOfAccount(db, notionPage, "acme")).map(({ pageId }) => pageId).sort();
const storedSources = async ({ db }: Listing) =>
  (await rowsOfAccount(db, notionDataSource, "acme")).map(({ dataSourceId }) => dataSourceId).sort();
const iso = (at: number) => new Date(at).toISOString();
/** Paths asked for while `work` ran. */
async function asked(work: () => Promise<unknown>): Promise<string[]> {
  const before = fake.requests().length;
  await work();
  return fake
    .requests()
    .slice(before)
    .map(({ path }) => path);
}

/** A data source with so many rows, one made each minute. */
function sourceWith(rows: number, every = MINUTE) {
  const source = fake.world.addDataSource({ kind: "workspace" }, start - DAY);
  const pages = Array.from({ length: rows }, (_, row) =>
    fake.world.addPage({
      parent: { kind: "dataSource", id: source.id },
      at: start - DAY + row * every,
      pieces: 0,
    }),
  );
  return { source, pages };
}

describe("rows", () => {
  test("past the limit of a query are met, wherever the listing was left off", async () => {
    fake.settings.queryLimit = 3;
    const first = sourceWith(8);
    const second = sourceWith(2);
    const all = idsOf([...first.pages, ...second.pages]);
    await using whole = await listingOf(fake);
    await pagesOf(searchDataSources, whole);
    const places = await pagesOf(queryRows, whole);
    expect(await storedPages(whole)).toEqual(all);
    expect(places.filter(({ incomplete }) => incomplete !== undefined)).toEqual([]);
    for (let stop = 1; stop < places.length; stop++) {
      await using listing = await listingOf(fake);
      await pagesOf(searchDataSources, listing);
      const done = await pagesOf(queryRows, listing, null, stop);
      await pagesOf(queryRows, listing, done.at(-1)?.at ?? null);
      expect(await storedPages(listing)).toEqual(all);
    }
  });

  test("of one minute beyond the limit are said to be missing", async () => {
    fake.settings.queryLimit = 3;
    sourceWith(5, 0);
    await using listing = await listingOf(fake);
    await pagesOf(searchDataSources, listing);
    const pages = await pagesOf(queryRows, listing);
    expect(pages.map(({ incomplete }) => incomplete ?? "")).toContain(
      "A database has more than 10,000 rows of one minute, of which Notion lists no more.",
    );
  });

  test("of an update are those that were edited, and all where none was known; also when it was left off", async () => {
    const known = sourceWith(3);
    await using listing = await listingOf(fake);
    await pagesOf(searchDataSources, listing);
    await pagesOf(queryRows, listing);
    const fresh = sourceWith(3);
    const [edited] = known.pages;
    if (edited === undefined) throw new Error("There are no rows.");
    now += 2 * DAY;
    fake.world.touch(edited.id);
    const update: Listing = { ...listing, id: "listing-2", since: iso(now - HOUR) };
    await pagesOf(searchDataSources, update);
    // The first page of the new database's rows was written, and the place after it was not.
    await pagesOf(queryRows, update, null, 1);
    await pagesOf(queryRows, update);
    const rows = await rowsOfAccount(update.db, notionPage, "acme");
    const met = rows.filter((row) => row.listing === "listing-2").map(({ pageId }) => pageId);
    expect(met.sort()).toEqual(idsOf([edited, ...fresh.pages]));
  });

  test("of a data source that is gone by now are left to the next full sync", async () => {
    const { source } = sourceWith(2);
    await using listing = await listingOf(fake);
    await pagesOf(searchDataSources, listing);
    source.trashed = true;
    expect(await pagesOf(queryRows, listing)).toHaveLength(1);
    expect(await storedPages(listing)).toEqual([]);
  });
});

describe("search", () => {
  test("is taken up where it was left off, from either end", async () => {
    fake.world.fill(7);
    fake.settings.searchLimit = 4;
    await using whole = await listingOf(fake);
    const places = await pagesOf(searchPages, whole);
    expect(places).toHaveLength(2);
    expect(await storedPages(whole)).toHaveLength(7);
    await using listing = await listingOf(fake);
    const [first] = await pagesOf(searchPages, listing, null, 1);
    expect(await storedPages(listing)).toHaveLength(4);
    await pagesOf(searchPages, listing, first?.at ?? null);
    expect(await storedPages(listing)).toEqual(await storedPages(whole));
  });

  test("writes of an update what is new or edited, and leaves the rest as it is", async () => {
    const [old, edited] = [1, 2].map(() => fake.world.addPage({ at: start - DAY, pieces: 0 }));
    if (old === undefined || edited === undefined) throw new Error("There are no pages.");
    await using listing = await listingOf(fake);
    await pagesOf(searchPages, listing);
    now += DAY;
    const shared = fake.world.addPage({ at: start - 2 * DAY, pieces: 0 });
    fake.world.touch(edited.id);
    await pagesOf(searchPages, { ...listing, id: "listing-2", since: iso(now - HOUR) });
    const rows = await rowsOfAccount(listing.db, notionPage, "acme");
    const metBy = Object.fromEntries(rows.map((row) => [row.pageId, row.listing]));
    expect(metBy).toEqual({
      [plain(old.id)]: "listing-1",
      [plain(edited.id)]: "listing-2",
      [plain(shared.id)]: "listing-2",
    });
  });

  test("tells of each time of edit that it has seen, for the next update to set out from", async () => {
    fake.world.addPage({ at: start - DAY, pieces: 0 });
    const seen: string[] = [];
    await using listing = await listingOf(fake, { saw: (time) => void seen.push(time) });
    await pagesOf(searchPages, listing);
    expect(seen).toEqual([iso(start - DAY)]);
  });
});

describe("the trash", () => {
  test("takes out what it names with all below it, and nothing that was moved out before", async () => {
    const { world } = fake;
    const top = world.addPage({ pieces: 0, at: start - DAY });
    const below = world.addPage({ parent: { kind: "page", id: top.id }, pieces: 0, at: start - DAY });
    const moved = world.addPage({ parent: { kind: "page", id: top.id }, pieces: 0, at: start - DAY });
    const source = world.addDataSource({ kind: "page", id: below.id }, start - DAY);
    const row = world.addPage({ parent: { kind: "dataSource", id: source.id }, pieces: 0, at: start - DAY });
    await using listing = await listingOf(fake);
    await pagesOf(searchDataSources, listing);
    await pagesOf(searchPages, listing);
    now += DAY;
    moved.parent = { kind: "workspace" };
    top.trashed = true;
    world.touch(top.id);
    const update: Listing = { ...listing, since: iso(now - HOUR) };
    const removed = (await pagesOf(searchTrash, update)).flatMap((page) => page.removed ?? []);
    expect(removed.map(({ key }) => key).sort()).toEqual(idsOf([top, below, row]));
    expect(await storedPages(listing)).toEqual(idsOf([moved]));
    expect(await storedSources(listing)).toEqual([]);
  });

  test("is read back to the last sync and no further, and asks nothing of what is not known", async () => {
    for (let page = 0; page < 3; page++) {
      const old = fake.world.addPage({ pieces: 0, at: start - 40 * DAY });
      old.trashed = true;
    }
    const source = fake.world.addDataSource({ kind: "workspace" }, start - HOUR);
    source.trashed = true;
    await using listing = await listingOf(fake, { since: iso(start - DAY) });
    const paths = await asked(async () => {
      expect((await pagesOf(searchTrash, listing)).flatMap((page) => page.removed ?? [])).toEqual([]);
      await pagesOf(searchTrashedSources, listing);
    });
    expect(paths).toEqual(["/v1/search", "/v1/search"]);
  });
});

describe("what is known and was not listed", () => {
  test("is asked for by its id: kept when it is there, let go when it is not", async () => {
    const [there, hidden, trashed] = [1, 2, 3].map(() => fake.world.addPage({ pieces: 0 }));
    if (there === undefined || hidden === undefined || trashed === undefined) throw new Error("No pages.");
    const { source } = sourceWith(0);
    const gone = fake.world.addDataSource({ kind: "workspace" });
    await using listing = await listingOf(fake);
    await pagesOf(searchPages, listing);
    await pagesOf(searchDataSources, listing);
    hidden.hidden = true;
    trashed.trashed = true;
    gone.trashed = true;
    const next: Listing = { ...listing, id: "listing-2" };
    await pagesOf(askForMissingPages, next);
    await pagesOf(askForMissingSources, next);
    expect(await storedPages(next)).toEqual(idsOf([there]));
    expect(await storedSources(next)).toEqual([plain(source.id)]);
    expect(await asked(() => pagesOf(askForMissingPages, next))).toEqual([]);
  });
});

describe("links", () => {
  const linkTo = (toId: string, kind: "page" | "database" | "dataSource") => ({
    account: "acme",
    fromId: "home",
    toId,
    kind,
    contains: false,
  });

  test("lead to pages, and to databases with all their rows", async () => {
    const { source, pages } = sourceWith(2);
    const page = fake.world.addPage({ pieces: 0 });
    await using listing = await listingOf(fake, { since: iso(now) });
    await saveLinks(listing.db, [
      linkTo(plain(page.id), "page"),
      linkTo(plain(source.databaseId), "database"),
    ]);
    expect(await discover(listing, 1)).toBe(true);
    expect(await storedPages(listing)).toEqual(idsOf([page, ...pages]));
    expect(await storedSources(listing)).toEqual([plain(source.id)]);
    expect(await asked(() => discover(listing, 2))).toEqual([]);
  });

  test("that lead nowhere, into the trash, or to something else are asked for again after a week", async () => {
    const trashed = fake.world.addPage({ pieces: 0 });
    trashed.trashed = true;
    const page = fake.world.addPage({ pieces: 0 });
    await using listing = await listingOf(fake);
    await saveLinks(listing.db, [
      linkTo("0".repeat(32), "page"),
      linkTo(plain(trashed.id), "page"),
      linkTo(plain(page.id), "database"),
    ]);
    expect(await discover(listing, 1)).toBe(false);
    expect(await storedPages(listing)).toEqual([]);
    expect(await asked(() => discover(listing, 1))).toEqual([]);
    const later: Listing = { ...listing, startedAt: iso(now + 8 * DAY) };
    expect(await asked(() => discover(later, 1))).toHaveLength(3);
    const rows = await rowsOfAccount(listing.db, notionLink, "acme");
    expect(rows.map(({ missingAt }) => missingAt)).toEqual(Array.from({ length: 3 }, () => later.startedAt));
  });
});

test("people are known by the names of before where the connection may no longer read them", async () => {
  await using listing = await listingOf(fake);
  const names = await readUsers(listing.api, listing.db, "acme");
  expect([...names.values()].sort()).toEqual(["Ann Lee", "Ben Okri", "Zoë Ruiz"]);
  fake.settings.capabilities.users = false;
  expect(await readUsers(listing.api, listing.db, "acme")).toEqual(names);
  expect(await rowsOfAccount(listing.db, notionUser, "acme")).toHaveLength(3);
});
