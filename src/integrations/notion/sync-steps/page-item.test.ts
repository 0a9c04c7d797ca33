/** When a page is read again, and what a page's artifact is made of besides its content. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type NotionFake, startFake } from "../../../../test/fakes/notion/fake";
import { listingOf } from "../../../../test/fakes/notion/listing";
import { type PageRow, pagesByIds, saveListedPages } from "../db/queries";
import type { Listing } from "./listing";
import { propertyTexts, toItem } from "./page-item";
import { Tree } from "./tree";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const edited = Date.parse("2026-05-10T09:00:00Z");
const iso = (at: number) => new Date(at).toISOString();
const relation = { id: "r", type: "relation", relation: [{ id: "fedcba98-7654-4210-8edc-ba9876543210" }] };

let fake: NotionFake;
let listing: Listing & AsyncDisposable;
let tree: Tree;
let row: PageRow;
beforeAll(async () => {
  const clock = { now: () => edited + DAY, sleep: () => Promise.resolve(), random: () => 0.5 };
  fake = await startFake({ seed: 1, items: 0, clock });
  listing = await listingOf(fake);
  const at = { account: "acme", url: "https://app.notion.com/p/p1", parentType: "workspace", parentId: "" };
  const times = { createdTime: iso(edited), lastEditedTime: iso(edited), listing: "l", round: 0 };
  const rawProperties = {
    Name: { type: "title", title: [] },
    Part: relation,
    Empty: { type: "number", number: null },
  };
  await saveListedPages(listing.db, [{ ...at, ...times, pageId: "p1", title: "*Rotor*", rawProperties }]);
  tree = await Tree.load(listing.db, "acme");
  const [stored] = await pagesByIds(listing.db, "acme", ["p1"]);
  if (stored === undefined) throw new Error("The page was not stored.");
  row = stored;
});
afterAll(async () => {
  await listing[Symbol.asyncDispose]();
  await fake[Symbol.asyncDispose]();
});

/** The page as it was read `after` milliseconds after its edit, met by a listing that began `age` later. */
function readSo(after: number, age: number, since: string | null, mark = iso(edited)) {
  const readAt = edited + after;
  const read = { ...row, body: "Words.", bodyMark: mark, readAt: iso(readAt) };
  return toItem(read, tree, { ...listing, since, startedAt: iso(readAt + age) });
}

describe("a page's content", () => {
  const update = iso(edited - DAY);
  test.each<[string, boolean, () => boolean]>([
    ["that was never read is read", true, () => toItem(row, tree, listing).read],
    ["is read after another edit", true, () => readSo(DAY, DAY, update, iso(edited - DAY)).read],
    ["that was read long after its edit stays", false, () => readSo(DAY, DAY, update).read],
    [
      "that was read within minutes of its edit is read again",
      true,
      () => readSo(9 * MINUTE, DAY, update).read,
    ],
    ["is not read twice by one listing", false, () => readSo(9 * MINUTE, 0, update).read],
    ["is read by a full sync a week later", true, () => readSo(DAY, 7 * DAY, null).read],
    ["is not read by an update a week later", false, () => readSo(DAY, 7 * DAY, update).read],
    ["is not read by a full sync a day later", false, () => readSo(DAY, DAY, null).read],
  ])("%s", (_, expected, isRead) => expect(isRead()).toBe(expected));

  test("that is read again without an edit has a mark of its own, so that it is written", () => {
    expect(readSo(DAY, DAY, update).mark).toBe(iso(edited));
    expect(readSo(9 * MINUTE, DAY, update).mark).toBe(`${iso(edited)}@${iso(edited + 9 * MINUTE + DAY)}`);
  });
});

describe("a page's head", () => {
  test("has properties where the page is a row of a database, and not else; for queries they are there", () => {
    expect(toItem(row, tree, listing).head).toBe("# \\*Rotor\\*");
    const item = toItem({ ...row, dataSourceId: "s1" }, tree, listing);
    expect(item.head).toContain(
      "| Part | [a page](https://app.notion.com/p/fedcba98765442108edcba9876543210) |",
    );
    expect(item.head).not.toContain("Empty");
    expect(Object.keys(propertyTexts(item))).toEqual(["Part"]);
  });

  test("takes long properties whole, and reads differently when they do", () => {
    const asRow = { ...row, dataSourceId: "s1" };
    const whole = { Part: { ...relation, relation: [...relation.relation, { id: "ab".repeat(16) }] } };
    const [before, after] = [asRow, { ...asRow, longProperties: whole }].map((one) =>
      toItem(one, tree, listing),
    );
    expect(after?.head).toContain("ab".repeat(16));
    expect(after?.headHash).not.toBe(before?.headHash ?? "");
  });
});
