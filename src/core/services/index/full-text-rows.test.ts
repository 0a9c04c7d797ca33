import { expect, test } from "bun:test";
import { mdArtifacts } from "@/core/db/schema";
import { indexVectorDbStep } from "@/core/services/index-vector-db-step";
import { temporaryDatabase } from "@test/database";
import { artifactRow } from "@test/search";

test("artifacts that are written in one transaction become one segment of each full-text table", async () => {
  await using database = await temporaryDatabase();
  const { db } = database;
  const texts = Array.from({ length: 12 }, (_, n) => `# Crane ${n}\n\n${"It was painted. ".repeat(40 * n)}`);
  await db
    .insert(mdArtifacts)
    .values(texts.map((text, n) => artifactRow(`n${n}`, text, { title: `Crane ${n}` })));
  expect(await indexVectorDbStep("notes", db)).toMatchObject({ indexed: 12 });
  for (const table of ["searchText", "searchField"]) {
    // https://sqlite.org/fts5.html, "FTS5 Data Structures": rows below this id are averages and structure.
    const [row] = await db.raw.all(
      `SELECT count(DISTINCT id >> 37) AS segments FROM ${table}_data WHERE id > 10`,
    );
    expect([table, row?.["segments"]]).toEqual([table, 1]);
  }
});
