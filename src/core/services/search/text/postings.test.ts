import { expect, test } from "bun:test";
import { temporaryDatabase } from "@test/database";
import { artifactRow, storeAndIndex } from "@test/search";
import { Documents } from "./documents";
import { Postings } from "./postings";

const table = { name: "searchText", columns: "2.0, 1.0, 1.0", worths: [2, 1, 1], unit: 1 };
const source = { table: "searchChunk", id: "rowId", no: "no", size: "words", ordinal: "ordinal" };

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
