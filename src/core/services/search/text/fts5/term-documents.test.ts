import { expect, test } from "bun:test";
import type { Db } from "@/core/models/database";
import { aTransaction, fullTextTable, inEachState, words, writeDocuments } from "@test/full-text-table";
import { createRandom } from "@test/random";
import type { Documents } from "./doclist";
import { aboutHowMany, documentsOf } from "./term-documents";

const columns = [2, 1, 1];

/** What FTS5 says of a term: each document with what its places are worth. */
async function truth(db: Db, term: string): Promise<[number, number][]> {
  const rows = await db.raw.all(
    `SELECT doc, sum(1 + (col = 'title')) AS worth FROM places WHERE term = ? GROUP BY doc ORDER BY doc`,
    [term],
  );
  return rows.map(({ doc, worth }) => [Number(doc), Number(worth)]);
}

function pairsOf(found: Documents | undefined): [number, number][] {
  return [...(found?.ids ?? [])].map((id, at) => [id, found?.worths[at] ?? 0]);
}

async function own(db: Db, term: string): Promise<[number, number][]> {
  const [found] = await documentsOf(db, "t", [term], columns);
  return pairsOf(found);
}

const asked = [...words, "", "0", "abcd", "nothing", "zzz"];

for (const pageBytes of [40, 200, 4_000]) {
  test(`gives what FTS5 gives, in one segment and in many, with pages of ${pageBytes} bytes`, async () => {
    await using database = await fullTextTable(pageBytes);
    const { db } = database;
    await inEachState(db, createRandom(pageBytes), async () => {
      const together = await documentsOf(db, "t", asked, columns);
      for (const [at, term] of asked.entries()) {
        expect(await own(db, term)).toEqual(await truth(db, term));
        expect(pairsOf(together[at])).toEqual(await own(db, term));
      }
    });
    expect(await own(db, "a")).not.toEqual([]);
  });
}

test("of documents that were removed it may tell, of none else", async () => {
  await using database = await fullTextTable(200);
  const { db } = database;
  const random = createRandom(7);
  await writeDocuments(db, random, 1);
  await writeDocuments(db, random, 1 + aTransaction);
  const removed = new Set([3, 30, 41, 60].map((id) => id * 150));
  for (const id of removed) await db.raw.run(`DELETE FROM t WHERE rowid = ?`, [id]);
  for (const term of words) {
    const left = (await own(db, term)).filter(([id]) => !removed.has(id));
    expect(left).toEqual(await truth(db, term));
  }
});

test("how many documents a term has is counted where its list is short, and told closely where it is long", async () => {
  await using database = await fullTextTable(200);
  const { db } = database;
  const random = createRandom(11);
  const compare = async (off: number) => {
    const about = await aboutHowMany(db, "t", asked);
    for (const [at, term] of asked.entries()) {
      const { length } = await truth(db, term);
      expect(Math.abs((about[at] ?? 0) - length)).toBeLessThanOrEqual(length > 20 ? off * length : 0);
    }
  };
  for (let part = 0; part < 6; part++) await writeDocuments(db, random, 1 + part * aTransaction);
  await compare(0.4);
  await db.raw.run(`INSERT INTO t (t) VALUES ('optimize')`);
  await compare(0.25);
});
