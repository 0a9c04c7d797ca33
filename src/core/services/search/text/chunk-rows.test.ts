import { expect, test } from "bun:test";
import { temporaryDatabase } from "@test/database";
import { artifactRow, storeAndIndex } from "@test/search";
import { loadCandidates } from "../load-candidates";
import { ChunkRows } from "./chunk-rows";
import { TextIndex } from "./text-index";

async function opened() {
  const database = await temporaryDatabase();
  const { db } = database;
  await storeAndIndex(db, [
    artifactRow("a", "pears in autumn"),
    artifactRow("b", "plums and pears in winter"),
  ]);
  const rows = await db.raw.all("SELECT rowId FROM searchChunk ORDER BY rowId");
  const [first = 0, second = 0] = rows.map((row) => Number(row["rowId"]));
  return { db, first, second, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
}

test("chunks come in the order asked for, with the same words whether they were read before or not", async () => {
  await using it = await opened();
  const { db, first, second } = it;
  const text = new TextIndex(db);
  const once = await loadCandidates(text, [second]);
  expect(once.map(({ rowId }) => rowId)).toEqual([second]);
  const backwards = await loadCandidates(text, [second, first]);
  expect(backwards.map(({ rowId }) => rowId)).toEqual([second, first]);
  expect(backwards[0]).toEqual(once[0]);
  const anew = await loadCandidates(new TextIndex(db), [first, second]);
  expect(anew.toReversed()).toEqual(backwards);
});

test("what was read is given again without the database, and what is gone before it was read is left out", async () => {
  await using it = await opened();
  const { db, first, second } = it;
  const rows = new ChunkRows(db);
  const terms = await rows.termsOf([first, 999_999]);
  const texts = await rows.textsOf(new Map([[first, "Fruit"]]));
  expect([...terms.keys()]).toEqual([first]);
  expect(terms.get(first)?.stems.hashes.length).toBe(terms.get(first)?.exact.hashes.length ?? 0);
  expect(texts.get(first)).toMatch(/^Fruit [^]*pears in autumn$/);
  await db.raw.run("DELETE FROM chunk");
  expect(await rows.termsOf([first, second])).toEqual(terms);
  expect(await rows.textsOf(new Map([first, second].map((id) => [id, "Fruit"])))).toEqual(texts);
});
