import { expect, test } from "bun:test";
import { mdArtifacts } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { indexVectorDbStep } from "@/core/services/index-vector-db-step";
import { temporaryDatabase } from "@test/database";
import { artifactRow, storeAndIndex } from "@test/search";
import type { Filter } from "../filters";
import { TextIndex } from "./text-index";

const everything: Filter = { sql: "a.live = 1", parameters: [], narrows: false };
const notes = 1_200;

async function storedNotes(db: Db): Promise<void> {
  await storeAndIndex(
    db,
    Array.from({ length: notes }, (_, n) => artifactRow(`n${n}`, `crane number no${n}no`)),
  );
}

async function found(index: TextIndex, stem: string): Promise<number> {
  const { chunks } = await index.chunks([{ stem, frequency: 1, count: 1 }], everything, 2_000, notes);
  return chunks.length;
}

test("documents that are mostly gone are read anew, and searches find what is there before and after", async () => {
  await using database = await temporaryDatabase();
  const { db } = database;
  await storedNotes(db);
  const index = new TextIndex(db);
  expect(await found(index, "crane")).toBe(notes);
  await db.update(mdArtifacts).set({ indexedHash: null });
  await indexVectorDbStep("notes", db);
  expect(await found(index, "crane")).toBe(notes);
  expect(index.count).toBe(2 * notes);
  await index.maintain();
  expect(index.count).toBe(notes);
  expect(await found(index, "crane")).toBe(notes);
  expect(await found(index, "no7no")).toBe(1);
  await storeAndIndex(db, [artifactRow("new", "another crane")]);
  expect(await found(index, "crane")).toBe(notes + 1);
});
