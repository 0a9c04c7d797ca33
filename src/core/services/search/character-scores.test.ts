import { expect, test } from "bun:test";
import { temporaryDatabase } from "@test/database";
import { chunkOf } from "@test/scored-chunks";
import { artifactRow, storeAndIndex } from "@test/search";
import { CharacterScores, leadersFor } from "./character-scores";
import { GramCounts } from "./grams";
import { ChunkRows } from "./text/chunk-rows";
import { defaultWeights } from "./weights";

const texts = ["Kubernetes deployment guide", "Travel expenses policy", "Deployments on Fridays"];

async function opened() {
  const database = await temporaryDatabase();
  const rows = texts.map((text, at) => artifactRow(`note-${at}`, text, { title: `Note ${at}` }));
  await storeAndIndex(database.db, rows);
  const found = await database.db.raw.all("SELECT rowId, no FROM searchChunk ORDER BY rowId");
  const chunks = () => found.map((row) => chunkOf(Number(row["no"]), {}, { rowId: Number(row["rowId"]) }));
  const counts = new GramCounts();
  for (const text of texts) counts.add(text);
  const scores = () =>
    new CharacterScores(new ChunkRows(database.db), "deploymnt", counts.statistics, defaultWeights);
  return { chunks, scores, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
}

test("chunks score the same whether they were read ahead or not, and what was read ahead alone is no part of it", async () => {
  await using it = await opened();
  const { chunks, scores } = it;
  const [first, second, third] = chunks();
  const atOnce = chunks();
  await scores().addTo(atOnce);
  const some = [first, third].filter((chunk) => chunk !== undefined);
  const ahead = scores();
  await ahead.read([first, second].flatMap((chunk) => chunk?.candidate ?? []));
  const given = await ahead.addTo(some);
  expect(some.map(({ raw }) => raw.characters)).toEqual(
    [atOnce[0], atOnce[2]].map((chunk) => chunk?.raw.characters ?? Number.NaN),
  );
  expect(first?.raw.characters).toBeGreaterThan(0);
  expect([...given.keys()]).toEqual(some.map(({ candidate }) => candidate.rowId));
  expect([...given.values()].map((text) => text.trim())).toEqual([texts[0] ?? "", texts[2] ?? ""]);
});

test("a chunk that is gone by now scores nothing and has no text", async () => {
  await using it = await opened();
  const gone = chunkOf(99, {}, { rowId: 9_999 });
  expect(await it.scores().addTo([gone])).toEqual(new Map());
  expect(gone.raw.characters).toBe(0);
});

test("at least a hundred chunks are compared, and five a hit", () => {
  expect([1, 20, 50].map(leadersFor)).toEqual([100, 100, 250]);
});
