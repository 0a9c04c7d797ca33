import { expect, test } from "bun:test";
import { temporaryDatabase } from "@test/database";
import { artifactRow, storeAndIndex } from "@test/search";
import { Documents } from "./documents";
import { fts5Rarity, Postings } from "./postings";

const table = { name: "searchText", columns: "2.0, 1.0, 1.0", worths: [2, 1, 1], unit: 1 };
const source = {
  text: "searchText",
  table: "searchChunk",
  id: "rowId",
  no: "no",
  size: "words",
  ordinal: "ordinal",
};

test("so many postings are kept as there are documents, and the list used last goes last", async () => {
  await using database = await temporaryDatabase();
  const { db } = database;
  const notes = Array.from({ length: 6 }, (_, at) => artifactRow(`n${at}`, "plum quince raspberry"));
  await storeAndIndex(db, notes);
  const documents = new Documents(db, source);
  await documents.catchUp();
  const stems = ["plum", "quinc", "raspberri"] as const;
  const keptOf = async (aDocument: number) => {
    const postings = new Postings(db, table, documents, { least: 3, aDocument });
    for (const stem of stems) expect((await postings.load(stem)).places).toHaveLength(6);
    await postings.load("quinc");
    return stems.filter((stem) => postings.known(stem) !== undefined);
  };
  expect(await keptOf(0)).toEqual(["quinc"]);
  expect(await keptOf(1)).toEqual(["quinc"]);
  expect(await keptOf(2)).toEqual(["quinc", "raspberri"]);
  expect(await keptOf(3)).toEqual(["plum", "quinc", "raspberri"]);
});

test("a list that several searches load at once counts once", async () => {
  await using database = await temporaryDatabase();
  const { db } = database;
  await storeAndIndex(db, [artifactRow("one", "plum quince raspberry")]);
  const documents = new Documents(db, source);
  await documents.catchUp();
  const postings = new Postings(db, table, documents, { least: 2, aDocument: 0 });
  const loaded = await Promise.all(Array.from({ length: 5 }, () => postings.load("plum")));
  for (const list of loaded) expect(list.places).toHaveLength(1);
  await postings.load("quinc");
  expect(postings.known("plum")).toBe(loaded[0]);
});

test("a term is rare by a number even where it was counted in more documents than there are", () => {
  expect(fts5Rarity(12, 10)).toBe(1e-6);
  expect(fts5Rarity(1, 10)).toBeCloseTo(Math.log(9.5 / 1.5));
});
