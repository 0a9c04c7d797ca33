import { expect, test } from "bun:test";
import type { Db } from "@/core/models/database";
import { temporaryDatabase } from "@test/database";
import { createRandom, type Random } from "@test/random";
import { documentsOf } from "./term-documents";

const columns = [2, 1, 1];
const words = ["a", "ab", "abc", "abd", "b", "ä", "äb", "日本", "z".repeat(90), "rare", "zz"];
/** Documents written in each transaction. */
const aTransaction = 40;

/** A table as the index has it, with pages so small that lists and the places of one document go over many of them. */
async function opened(pageBytes: number) {
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

async function write(db: Db, random: Random, from: number): Promise<void> {
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

/** What FTS5 says of a term: each document with what its places are worth. */
async function truth(db: Db, term: string): Promise<[number, number][]> {
  const rows = await db.raw.all(
    `SELECT doc, sum(1 + (col = 'title')) AS worth FROM places WHERE term = ? GROUP BY doc ORDER BY doc`,
    [term],
  );
  return rows.map(({ doc, worth }) => [Number(doc), Number(worth)]);
}

async function own(db: Db, term: string): Promise<[number, number][]> {
  const { ids, worths } = await documentsOf(db, "t", term, columns);
  return [...ids].map((id, at) => [id, worths[at] ?? 0]);
}

const asked = [...words, "", "0", "abcd", "nothing", "zzz"];

for (const pageBytes of [40, 200, 4_000]) {
  test(`gives what FTS5 gives, in one segment and in many, with pages of ${pageBytes} bytes`, async () => {
    await using database = await opened(pageBytes);
    const { db } = database;
    const random = createRandom(pageBytes);
    const compare = async () => {
      for (const term of asked) expect(await own(db, term)).toEqual(await truth(db, term));
    };
    await compare();
    for (let part = 0; part < 6; part++) {
      await write(db, random, 1 + part * aTransaction);
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
    expect(await own(db, "a")).not.toEqual([]);
    await db.raw.run(`INSERT INTO t (t) VALUES ('optimize')`);
    await compare();
  });
}

test("of documents that were removed it may tell, of none else", async () => {
  await using database = await opened(200);
  const { db } = database;
  const random = createRandom(7);
  await write(db, random, 1);
  await write(db, random, 1 + aTransaction);
  const removed = new Set([3, 30, 41, 60].map((id) => id * 150));
  for (const id of removed) await db.raw.run(`DELETE FROM t WHERE rowid = ?`, [id]);
  for (const term of words) {
    const left = (await own(db, term)).filter(([id]) => !removed.has(id));
    expect(left).toEqual(await truth(db, term));
  }
});
