import { expect, test } from "bun:test";
import { mdArtifacts } from "@/core/db/schema";
import { temporaryDatabase } from "@test/database";
import { artifactRow, registryOf, storeAndIndex } from "@test/search";
import { nothingFound } from "./nothing-found";

test("while artifacts wait for the index, nothing found is no reason to give up", async () => {
  await using database = await temporaryDatabase();
  const app = { db: database.db, registry: registryOf("Notes", "Chat") };
  await storeAndIndex(app.db, [artifactRow("a", "words", { integration: "Notes" })]);
  expect(await nothingFound(app, { query: "plan" })).toBe(
    "Nothing has these words or means the same: use other words.",
  );
  await app.db.insert(mdArtifacts).values(artifactRow("b", "a plan", { integration: "Chat" }));
  expect(await nothingFound(app, { query: "plan" })).toContain("ask again once the rest is");
  expect(await nothingFound(app, { query: "plan", integration: "chat" })).toContain("ask again");
  expect(await nothingFound(app, { query: "plan", integration: "notes" })).toContain("leave some out");
});
