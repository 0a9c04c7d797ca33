/** Rows of a workspace on a real database. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { Db } from "@/core/models/database";
import { temporaryDatabase } from "@test/database";
import { type LinkRow, markMissing, openLinks, replaceLinks, saveLinks } from "./links";
import {
  dataSourcesAfter,
  type PageRow,
  pagesByIds,
  readPagesAfter,
  removeDataSources,
  removePages,
  roundOf,
  rowsOf,
  saveDataSources,
  saveListedPages,
  saveReadPages,
  saveUsers,
  unlistedPages,
  userNames,
} from "./queries";

let database: Awaited<ReturnType<typeof temporaryDatabase>>;
let db: Db;
beforeEach(async () => {
  database = await temporaryDatabase();
  ({ db } = database);
});
afterEach(() => database[Symbol.asyncDispose]());

function listed(pageId: string, change: Partial<PageRow> = {}) {
  return {
    account: "acme",
    pageId,
    title: `Page ${pageId}`,
    url: `https://app.notion.com/p/${pageId}`,
    parentType: "workspace",
    parentId: "",
    createdTime: "2026-05-01T00:00:00.000Z",
    lastEditedTime: "2026-05-01T00:00:00.000Z",
    rawProperties: {},
    listing: "l1",
    round: 0,
    ...change,
  };
}

const source = (dataSourceId: string, databaseId = `db-${dataSourceId}`) => ({
  account: "acme",
  dataSourceId,
  databaseId,
  title: dataSourceId,
  description: "",
  url: "",
  parentType: "workspace",
  parentId: "",
  columns: {},
  lastEditedTime: "2026-05-01T00:00:00.000Z",
  listing: "l1",
});

const link = (fromId: string, toId: string, kind: LinkRow["kind"] = "page"): LinkRow => ({
  account: "acme",
  fromId,
  toId,
  kind,
  contains: false,
});

const read = (pageId: string, body = "Words.") => ({
  pageId,
  breadcrumb: "Home",
  properties: {},
  headHash: "h",
  body,
  bodyMark: "m",
  readAt: "2026-05-02T00:00:00.000Z",
});
const idsOf = (rows: readonly PageRow[]) => rows.map(({ pageId }) => pageId);
const later = "2026-06-01T00:00:00.000Z";

describe("pages", () => {
  test("that are listed again keep what was read of them", async () => {
    await saveListedPages(db, [listed("a")]);
    await saveReadPages(db, "acme", [read("a")]);
    await saveListedPages(db, [listed("a", { title: "Renamed", listing: "l2" })]);
    expect(await readPagesAfter(db, "acme", "", 5)).toMatchObject([
      { title: "Renamed", listing: "l2", body: "Words.", bodyMark: "m", breadcrumb: "Home" },
    ]);
  });

  test("of a round are named in order, with when they were read, and come whole by their ids", async () => {
    await saveListedPages(db, [
      listed("c"),
      listed("a"),
      listed("e", { round: 1 }),
      listed("f", { listing: "l2" }),
      listed("g", { account: "other" }),
    ]);
    await saveReadPages(db, "acme", [read("c")]);
    expect(await roundOf(db, "acme", "l1", 0)).toEqual([
      { pageId: "a", readAt: null },
      { pageId: "c", readAt: "2026-05-02T00:00:00.000Z" },
    ]);
    expect(idsOf(await pagesByIds(db, "acme", ["f", "c", "g", "nobody"]))).toEqual(["c", "f"]);
  });

  test("that a listing has not met are told, and leave with their links", async () => {
    await saveListedPages(db, [listed("a"), listed("b", { listing: "l0" }), listed("c", { listing: "l0" })]);
    expect(await unlistedPages(db, "acme", "l1", "", 9)).toEqual(["b", "c"]);
    expect(await unlistedPages(db, "acme", "l1", "b", 9)).toEqual(["c"]);
    await saveLinks(db, [link("b", "x"), link("a", "y")]);
    await removePages(db, "acme", ["b", "c"]);
    expect(await unlistedPages(db, "acme", "l1", "", 9)).toEqual([]);
    expect((await openLinks(db, "acme", later, 9)).map(({ id }) => id)).toEqual(["y"]);
  });

  test("of a data source are its rows once they were read, by title", async () => {
    const inTable = { parentType: "data_source_id", parentId: "t", dataSourceId: "t" };
    await saveListedPages(db, [
      listed("a", { ...inTable, title: "Zebra" }),
      listed("b", { ...inTable, title: "Ant" }),
      listed("c", { ...inTable, title: "Unread" }),
      listed("d"),
    ]);
    await saveReadPages(db, "acme", [read("a"), read("b"), read("d")]);
    expect((await rowsOf(db, "acme", "t")).map(({ title }) => title)).toEqual(["Ant", "Zebra"]);
  });
});

describe("links", () => {
  test("are open while nothing is known of what they lead to, by whatever name", async () => {
    await saveListedPages(db, [listed("a"), listed("known")]);
    await saveDataSources(db, [source("t", "db-t")]);
    await saveLinks(db, [
      link("a", "known"),
      link("a", "db-t", "database"),
      link("a", "t", "dataSource"),
      link("a", "new-page"),
      link("known", "new-page"),
      link("a", "new-db", "database"),
    ]);
    expect(await openLinks(db, "acme", later, 9)).toEqual([
      { id: "new-db", kind: "database" },
      { id: "new-page", kind: "page" },
    ]);
    expect(await openLinks(db, "other", later, 9)).toEqual([]);
  });

  test("to what is closed are asked for again after a while", async () => {
    await saveLinks(db, [link("a", "x"), link("b", "x")]);
    await markMissing(db, "acme", "x", "2026-05-10T00:00:00.000Z");
    expect(await openLinks(db, "acme", "2026-05-03T00:00:00.000Z", 9)).toEqual([]);
    expect(await openLinks(db, "acme", "2026-05-11T00:00:00.000Z", 9)).toHaveLength(1);
    // Met again on a page that was read anew, it is still known to be closed.
    await saveLinks(db, [{ ...link("a", "x"), contains: true }]);
    expect(await openLinks(db, "acme", "2026-05-03T00:00:00.000Z", 9)).toEqual([]);
  });

  test("of a page are replaced by those of its next reading", async () => {
    await saveLinks(db, [link("a", "x"), link("a", "y"), link("b", "z")]);
    await replaceLinks(db, "acme", ["a"], [link("a", "w")]);
    expect((await openLinks(db, "acme", later, 9)).map(({ id }) => id)).toEqual(["w", "z"]);
  });
});

test("data sources are gone through by id and leave by it; people are called by their latest name", async () => {
  await saveDataSources(db, [source("a"), source("b"), source("c")]);
  await saveDataSources(db, [{ ...source("b"), title: "Renamed" }]);
  expect((await dataSourcesAfter(db, "acme", "a", 1)).map(({ title }) => title)).toEqual(["Renamed"]);
  await removeDataSources(db, "acme", ["b"]);
  expect((await dataSourcesAfter(db, "acme", "", 9)).map(({ dataSourceId }) => dataSourceId)).toEqual([
    "a",
    "c",
  ]);
  const ann = { account: "acme", userId: "u", email: null, type: "person" };
  await saveUsers(db, [{ ...ann, name: "Ann" }]);
  await saveUsers(db, [{ ...ann, name: "Ann Lee" }]);
  expect(await userNames(db, "acme")).toEqual(new Map([["u", "Ann Lee"]]));
});
