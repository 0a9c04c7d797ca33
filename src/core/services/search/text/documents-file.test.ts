import { expect, test } from "bun:test";
import { existsSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inArray } from "drizzle-orm";
import { mdArtifacts } from "@/core/db/schema";
import { indexGeneration } from "@/core/services/index/index-schema";
import { temporaryDatabase } from "@test/database";
import { memoryLog } from "@test/insight-artifacts";
import { artifactRow, storeAndIndex } from "@test/search";
import { emptyDocuments } from "./documents";
import { DocumentsFile } from "./documents-file";
import { TextIndex } from "./text-index";

const rows = (count: number, name = "a") =>
  Array.from({ length: count }, (_, at) =>
    artifactRow(`${name}${at}`, `Text ${at} of some words.`, { keyPoints: ["One key point."] }),
  );

/** An index of forty artifacts, whose documents were kept. */
async function kept() {
  const database = await temporaryDatabase();
  const { db } = database;
  await storeAndIndex(db, rows(40));
  const path = join(database.folder, "documents");
  const log = memoryLog();
  const file = () => new DocumentsFile({ db, log, path });
  await new TextIndex(db, undefined, file()).maintain();
  const generation = await indexGeneration(db);
  /** What a next start takes from the file, and then from the database. */
  const start = async (of = generation) => {
    const [chunks, artifacts] = emptyDocuments(db);
    await file().fill(of, [chunks, artifacts]);
    const fromFile = [chunks.count, artifacts.count];
    for (const each of [chunks, artifacts]) await each.catchUp();
    return { fromFile, columns: [chunks, artifacts].map(({ columns }) => columns), chunks };
  };
  return {
    db,
    path,
    log,
    file,
    generation,
    start,
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

test("a start has from the file what it would read, and what came later from the database", async () => {
  await using it = await kept();
  const { db, log, start } = it;
  const [chunks, artifacts] = emptyDocuments(db);
  for (const each of [chunks, artifacts]) await each.catchUp();
  const { fromFile, columns, chunks: found } = await start();
  expect(fromFile).toEqual([40, 40]);
  expect(columns).toEqual([chunks.columns, artifacts.columns]);
  expect([found.meanSize, found.largestNo]).toEqual([chunks.meanSize, chunks.largestNo]);
  await storeAndIndex(db, rows(3, "b"));
  // What is gone keeps its place.
  await db.delete(mdArtifacts).where(inArray(mdArtifacts.id, ["a7", "a39"]));
  const later = await start();
  expect(later.fromFile).toEqual([40, 40]);
  expect(later.chunks.count).toBe(43);
  expect(log.events).toEqual([]);
});

test("what does not fit the database is left, read from there, and said once", async () => {
  await using it = await kept();
  const { db, path, log, file, start, generation } = it;
  const reasons = () => log.events.splice(0).map(({ fields }) => fields?.["reason"]);
  const bytes = readFileSync(path);
  const broken: [reason: string, spoil: () => unknown][] = [
    ["it is cut short", () => truncateSync(path, 3)],
    ["its bytes are damaged", () => truncateSync(path, bytes.length - 4)],
    ["its bytes are damaged", () => writeFileSync(path, flipped(bytes))],
    [
      "it is of another kind or version",
      () => writeFileSync(path, Buffer.concat([Buffer.of(2, 0, 0, 0), Buffer.from("{}")])),
    ],
  ];
  for (const [reason, spoil] of broken) {
    writeFileSync(path, bytes);
    spoil();
    const { fromFile, chunks } = await start();
    expect({ fromFile, count: chunks.count }).toEqual({ fromFile: [0, 0], count: 40 });
    expect(reasons()).toEqual([reason]);
  }
  writeFileSync(path, bytes);
  expect((await start("another")).fromFile).toEqual([0, 0]);
  expect(reasons()).toEqual(["it belongs to another index"]);
  // As after a backup was put back: the same numbers, given to something else.
  await db.raw.run("UPDATE searchChunk SET words = words + 1 WHERE rowId = 40");
  const { fromFile, chunks } = await start();
  expect([fromFile, chunks.sizes.at(39)]).toEqual([[0, 0], 6]);
  expect(reasons()).toEqual(["some of its documents are not the database's"]);
  await db.raw.run("UPDATE sqlite_sequence SET seq = 39 WHERE name = 'searchChunk'");
  await start();
  expect(reasons()).toEqual(["it is newer than the database"]);
  // It is written anew when much changed, not for little.
  const [now] = emptyDocuments(it.db);
  await now.catchUp();
  const saving = file();
  await saving.save(generation, [now]);
  expect(readFileSync(path).equals(bytes)).toBe(false);
});

test("a file whose documents are mostly gone is left; without one there is nothing to say", async () => {
  await using it = await kept();
  const { db, log, path, start } = it;
  const gone = rows(12).map(({ id }) => id);
  await db.delete(mdArtifacts).where(inArray(mdArtifacts.id, gone));
  expect((await start()).fromFile).toEqual([0, 0]);
  expect(log.events.splice(0)).toMatchObject([{ level: "warn", fields: { reason: "much of it is gone" } }]);
  await Bun.file(path).delete();
  expect((await start()).chunks.count).toBe(28);
  expect([existsSync(path), log.events]).toEqual([false, []]);
});

/** The same with one bit changed, near the end. */
function flipped(bytes: Uint8Array): Uint8Array {
  const at = bytes.length - 9;
  return bytes.with(at, (bytes[at] ?? 0) ^ 1);
}
