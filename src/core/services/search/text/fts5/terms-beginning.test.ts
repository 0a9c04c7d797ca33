import { expect, test } from "bun:test";
import type { Db } from "@/core/models/database";
import { aTransaction, fullTextTable, inEachState, words, writeDocuments } from "@test/full-text-table";
import { createRandom } from "@test/random";
import { termsBeginning } from "./terms-beginning";

const starts = ["", "a", "ab", "abd", "ac", "b", "z", "zz", "zzz", "ä", "日", "0", "nothing"];

/** What FTS5 says: its terms that begin so, in order. */
async function truth(db: Db, start: string, most: number): Promise<string[]> {
  const rows = await db.raw.all(`SELECT DISTINCT term FROM places WHERE term >= ? AND term < ? LIMIT ?`, [
    ...[start, `${start}\u{10ffff}`, most],
  ]);
  return rows.map(({ term }) => String(term));
}

for (const pageBytes of [40, 200, 4_000]) {
  test(`gives the terms that FTS5 gives, in one segment and in many, with pages of ${pageBytes} bytes`, async () => {
    await using database = await fullTextTable(pageBytes);
    const { db } = database;
    await inEachState(db, createRandom(pageBytes), async () => {
      for (const start of starts)
        for (const most of [1, 3, 100])
          expect(await termsBeginning(db, "t", start, most)).toEqual(await truth(db, start, most));
    });
    expect(await termsBeginning(db, "t", "", 100)).toHaveLength(words.length - 1);
  });
}

test("many terms on many pages are given in order, up to the most that are wanted", async () => {
  await using database = await fullTextTable(200);
  const { db } = database;
  const many = Array.from({ length: 3_000 }, (_, index) => `w${String(index).padStart(5, "0")}`);
  const all = [...many, "v", "x"].join(" ");
  await db.raw.run(`INSERT INTO t (rowid, title, heading, body) VALUES (1, '', '', ?)`, [all]);
  expect(await termsBeginning(db, "t", "w", 10_000)).toEqual(many);
  expect(await termsBeginning(db, "t", "w", 2_000)).toEqual(many.slice(0, 2_000));
  expect(await termsBeginning(db, "t", "w0299", 2_000)).toEqual(many.slice(2_990));
});

test("of terms whose documents were removed it may tell, of none else", async () => {
  await using database = await fullTextTable(200);
  const { db } = database;
  await writeDocuments(db, createRandom(7), 1);
  await db.raw.run(`INSERT INTO t (rowid, title, heading, body) VALUES (?, '', '', 'abandoned')`, [
    aTransaction * 1_000,
  ]);
  await db.raw.run(`DELETE FROM t WHERE rowid = ?`, [aTransaction * 1_000]);
  const left = (await termsBeginning(db, "t", "a", 100)).filter((term) => term !== "abandoned");
  expect(left).toEqual(await truth(db, "a", 100));
});
