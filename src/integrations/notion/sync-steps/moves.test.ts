/** What moves, or reads differently, without bearing a new time of edit: an update sees it all the same. */
import { describe, expect, test } from "bun:test";
import { notionApp, type NotionApp } from "../../../../test/fakes/notion/app";
import { pagesByIds } from "../db/queries";
import { type FakePage, plain, type PropertyValue } from "../../../../test/fakes/notion/state";

const HOUR = 3_600_000;
const keysOf = (...pages: FakePage[]) => pages.map(({ id }) => `notion:page:${plain(id)}`).toSorted();

interface Place {
  notion: NotionApp;
  one: { id: string };
  two: { id: string };
  row: FakePage;
}

/** Two databases, with a row of old in the first; everything was read, and something else was edited later. */
async function rowOfOld(value?: PropertyValue): Promise<Place & AsyncDisposable> {
  const notion = await notionApp();
  const { world } = notion.fake;
  const one = world.addDataSource({ kind: "workspace" });
  const two = world.addDataSource({ kind: "workspace" });
  world.addPage({ parent: { kind: "dataSource", id: two.id }, pieces: 1 });
  const row = world.addPage({ parent: { kind: "dataSource", id: one.id }, pieces: 1 });
  if (value !== undefined) row.properties.set("Column", { value, reads: "before" });
  notion.skip(HOUR);
  world.addPage({ pieces: 1 });
  notion.skip(HOUR);
  expect(await notion.sync()).toMatchObject({ state: "succeeded" });
  notion.skip(24 * HOUR);
  return { notion, one, two, row, [Symbol.asyncDispose]: () => notion[Symbol.asyncDispose]() };
}

async function updated({ notion }: Place): Promise<{ updated: number }> {
  const from = notion.fake.requests().length;
  const run = await notion.sync("incremental");
  expect(run).toMatchObject({ state: "succeeded", failed: 0 });
  const asked = notion.fake.requests().slice(from);
  expect(asked.filter(({ path }) => path.includes("/markdown"))).toEqual([]);
  return run;
}

const formula = (string: string) =>
  ({ id: "frml", type: "formula", formula: { type: "string", string } }) as const;

const signedFile = (signature: number): PropertyValue => ({
  id: "file",
  type: "files",
  files: [
    {
      name: "plan.pdf",
      type: "file",
      file: {
        url: `https://prod-files-secure.example/plan.pdf?X-Amz-Signature=${signature}`,
        expiry_time: `2026-05-01T0${signature}:00:00.000Z`,
      },
    },
  ],
});

describe("an old row", () => {
  test("whose formula or rollup comes to something else is written again, without reading its content", async () => {
    await using place = await rowOfOld(formula("before"));
    place.row.properties.set("Column", { value: formula("after"), reads: "after" });
    expect(await updated(place)).toMatchObject({ updated: 1 });
    expect(await place.notion.differences()).toEqual([]);
  });

  test("that moved to another database is a row of that one", async () => {
    await using place = await rowOfOld();
    place.row.parent = { kind: "dataSource", id: place.two.id };
    expect(await updated(place)).toMatchObject({ updated: 3 });
    expect(await place.notion.differences()).toEqual([]);
  });

  test("whose files only bear another signature is left as it is", async () => {
    await using place = await rowOfOld(signedFile(1));
    const { db } = place.notion.app;
    const stored = () => pagesByIds(db, "Harbour Works", [plain(place.row.id)]);
    const before = await stored();
    expect(before).toHaveLength(1);
    place.row.properties.set("Column", { value: signedFile(2), reads: "" });
    expect(await updated(place)).toMatchObject({ updated: 0 });
    expect(await stored()).toEqual(before);
  });

  test("of which search knows an earlier edit than was read is left as it is", async () => {
    await using place = await rowOfOld(formula("before"));
    place.row.properties.set("Column", { value: formula("long ago"), reads: "long ago" });
    place.row.edited -= HOUR;
    expect(await updated(place)).toMatchObject({ updated: 0 });
  });
});

test("with the page that holds them, pages come below the chosen ones, and leave", async () => {
  await using notion = await notionApp({ items: 1 });
  const { world } = notion.fake;
  const [top, other] = [world.addPage({ pieces: 1 }), world.addPage({ pieces: 1 })];
  const under = ({ id }: FakePage) => world.addPage({ pieces: 1, parent: { kind: "page", id } });
  const [leaves, comes] = [under(top), under(other)];
  const [belowLeaving, belowComing] = [under(leaves), under(comes)];
  await using chosen = await notionApp({ fake: notion.fake, options: { roots: plain(top.id) } });
  const served = async () => [...(await chosen.served()).keys()].toSorted();
  notion.skip(HOUR);
  world.touch(top.id);
  await chosen.sync();
  expect(await served()).toEqual(keysOf(top, leaves, belowLeaving));
  notion.skip(HOUR);
  leaves.parent = { kind: "page", id: other.id };
  comes.parent = { kind: "page", id: top.id };
  for (const { id } of [leaves, comes]) world.touch(id);
  expect(await chosen.sync("incremental")).toMatchObject({ state: "succeeded", deleted: 2, inserted: 2 });
  expect(await served()).toEqual(keysOf(top, comes, belowComing));
  expect(await chosen.sync("incremental")).toMatchObject({ deleted: 0, inserted: 0 });
  await chosen.sync();
  expect(await served()).toEqual(keysOf(top, comes, belowComing));
});
