/** A full text table like the index's own, with pages so small that lists and the places of one document go over many of them. */
import type { Db } from "@/core/models/database";
import { temporaryDatabase } from "./database";
import type { Random } from "./random";

/** Words of its documents, the commonest first; the last one is in none. */
export const words = ["a", "ab", "abc", "abd", "b", "ä", "äb", "日本", "z".repeat(90), "rare", "zz"];
/** Documents written in each transaction. */
export const aTransaction = 40;

/** An empty table `t`; `places` tells each place of each word. */
export async function fullTextTable(pageBytes: number) {
  const database = await temporaryDatabase();
  const { db } = database;
  await db.raw.run(
    `CREATE VIRTUAL TABLE t USING fts5(title, heading, body, content='', contentless_delete=1, tokenize='ascii')`,
  );
  await db.raw.run(`CREATE VIRTUAL TABLE places USING fts5vocab(t, 'instance')`);
  for (const [option, value] of [
    ["pgsz", pageBytes],
    ["automerge", 0],
  ] as const)
    await db.raw.run(`INSERT INTO t (t, rank) VALUES (?, ?)`, [option, value]);
  return database;
}

/** Words by Zipf's law, some documents with very many. */
function line(random: Random): string {
  const count = random.next() < 0.05 ? 400 : random.below(12);
  return Array.from({ length: count }, () => words[Math.floor(words.length ** random.next()) - 1]).join(" ");
}

/** One transaction's documents, from this number on. */
export async function writeDocuments(db: Db, random: Random, from: number): Promise<void> {
  await db.transaction(async (tx) => {
    for (let id = from; id < from + aTransaction; id++) {
      const parts = [line(random), line(random), line(random)];
      // Numbers with gaps, as they are in a real index.
      await tx.raw.run(`INSERT INTO t (rowid, title, heading, body) VALUES (?, ?, ?, ?)`, [
        id * 150,
        ...parts,
      ]);
    }
  });
}

/** Compares what is read in one segment and in many, while they are merged, and when they are one again. */
export async function inEachState(db: Db, random: Random, compare: () => Promise<void>): Promise<void> {
  await compare();
  for (let part = 0; part < 6; part++) {
    await writeDocuments(db, random, 1 + part * aTransaction);
    await compare();
  }
  // A merge under way: segments begin where it has come to, and one with the first words alone is empty already, though
  // its pages are there.
  await db.raw.run(`INSERT INTO t (rowid, title, heading, body) VALUES (900000, 'a', '', 'a a')`);
  await db.raw.run(`INSERT INTO t (t, rank) VALUES ('merge', -1)`);
  for (let step = 0; step < 15; step++) {
    await compare();
    await db.raw.run(`INSERT INTO t (t, rank) VALUES ('merge', 1)`);
  }
  await db.raw.run(`INSERT INTO t (t) VALUES ('optimize')`);
  await compare();
}
