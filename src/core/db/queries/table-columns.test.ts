import { expect, test } from "bun:test";
import { temporaryDatabase } from "@test/database";
import { tableColumns } from "./table-columns";

test("columns come in their order with their types", async () => {
  await using database = await temporaryDatabase();
  await database.db.raw.run("CREATE TABLE sample (b TEXT, a INTEGER NOT NULL)");
  expect(await tableColumns(database.db, "sample")).toEqual([
    { name: "b", type: "TEXT" },
    { name: "a", type: "INTEGER" },
  ]);
});

test("a table that is not there has none", async () => {
  await using database = await temporaryDatabase();
  expect(await tableColumns(database.db, "missing")).toEqual([]);
});
