import { expect, test } from "bun:test";
import { eq } from "drizzle-orm";
import { openDatabase } from "@/core/db/open";
import { agentCall, mdArtifacts } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { ensureIndex } from "@/core/services/index/index-schema";
import { temporaryDatabase } from "@test/database";
import { artifactRow, storeAndIndex } from "@test/search";
import { servedVersion } from "./served-version";

/** What changes what is served, and what does not, as another process does it. */
const changes: readonly [string, boolean, (db: Db) => Promise<unknown>][] = [
  ["a new artifact", true, (db) => storeAndIndex(db, [artifactRow("b", "pear")])],
  ["an artifact without text", true, (db) => storeAndIndex(db, [artifactRow("c", "")])],
  [
    "text that waits",
    true,
    (db) =>
      db
        .update(mdArtifacts)
        .set({ markdown: "plum", contentHash: "2", indexedHash: null })
        .where(eq(mdArtifacts.id, "b")),
  ],
  ["text that was indexed", true, (db) => storeAndIndex(db, [artifactRow("d", "fig")])],
  [
    "out of view",
    true,
    (db) => db.update(mdArtifacts).set({ deletedAt: "2026-01-01" }).where(eq(mdArtifacts.id, "b")),
  ],
  ["into view", true, (db) => db.update(mdArtifacts).set({ deletedAt: null }).where(eq(mdArtifacts.id, "b"))],
  ["removed", true, (db) => db.delete(mdArtifacts).where(eq(mdArtifacts.id, "b"))],
  [
    "a vector more",
    true,
    (db) =>
      db.raw.run(
        `INSERT INTO contentEmbedding (artifactId, ordinal, model, vector) VALUES ('a', 9, 'm', x'00')`,
      ),
  ],
  [
    "tables made anew",
    true,
    (db) =>
      db.raw.run("UPDATE setting SET value = '0' WHERE key = 'searchIndex'").then(() => ensureIndex(db)),
  ],
  [
    "an agent's call",
    false,
    (db) =>
      db
        .insert(agentCall)
        .values({ way: "http", tool: "fetch", outcome: "ok", at: "2026-01-01", client: null }),
  ],
];

test("the version changes with what is served, and with nothing else", async () => {
  await using database = await temporaryDatabase();
  await storeAndIndex(database.db, [artifactRow("a", "apple")]);
  const other = openDatabase(database.path);
  let before = await servedVersion(database.db);
  expect(await servedVersion(database.db)).toBe(before);
  for (const [what, isServed, change] of changes) {
    await change(other.db);
    const after = await servedVersion(database.db);
    expect([what, after !== before]).toEqual([what, isServed]);
    before = after;
  }
  other.close();
});
