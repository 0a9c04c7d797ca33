import { expect, test } from "bun:test";
import { mdArtifacts } from "@/core/db/schema";
import { eq } from "drizzle-orm";
import { temporaryDatabase } from "@test/database";
import { artifactRow, storeAndIndex } from "@test/search";
import { loadCandidates } from "./load-candidates";
import { TextIndex } from "./text/text-index";

test("a chunk's text is read with its title and heading, and a new title is read with the new version", async () => {
  await using database = await temporaryDatabase();
  const { db } = database;
  await storeAndIndex(db, [{ ...artifactRow("a", "## Ripe\n\npears in autumn"), title: "Orchard" }]);
  const text = new TextIndex(db);
  const read = async () => {
    const rows = await db.raw.all("SELECT rowId FROM searchChunk");
    const candidates = await loadCandidates(text, [999_999, ...rows.map((row) => Number(row["rowId"]))]);
    const titles = new Map(candidates.map(({ rowId, title }) => [rowId, title]));
    return [...(await text.rows.textsOf(titles)).values()].join("\n");
  };
  expect(await read()).toMatch(/^Orchard Ripe [^]*pears in autumn/);
  await db.delete(mdArtifacts).where(eq(mdArtifacts.id, "a"));
  await storeAndIndex(db, [{ ...artifactRow("a", "## Ripe\n\npears in autumn"), title: "Garden" }]);
  expect(await read()).toMatch(/^Garden Ripe /);
});
