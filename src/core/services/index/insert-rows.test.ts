import { expect, test } from "bun:test";
import { temporaryDatabase } from "@test/database";
import { insertInto } from "./insert-rows";

test("any number of rows is inserted, and what each was given comes back", async () => {
  await using database = await temporaryDatabase();
  const { raw } = database.db;
  await raw.run("CREATE TABLE shelf (no INTEGER PRIMARY KEY, place INTEGER, word TEXT)");
  const insert = insertInto("shelf", ["place", "word"], "no, place");
  for (const count of [0, 1, 7, 8, 9, 30]) {
    await raw.run("DELETE FROM shelf");
    const rows = Array.from({ length: count }, (_, place) => [place, `word ${place}`]);
    const returned = await raw.together((sql) => insert(sql, rows));
    const stored = await raw.all("SELECT no, place FROM shelf ORDER BY place");
    expect(stored).toHaveLength(count);
    expect(returned.toSorted((a, b) => Number(a["place"]) - Number(b["place"]))).toEqual(stored);
  }
});
