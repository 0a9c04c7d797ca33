import { describe, expect, test } from "bun:test";
import { eq } from "drizzle-orm";
import { chunk, contentEmbedding, mdArtifacts } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import type { LogFields, Logger } from "@/core/models/logger";
import { silentLogger } from "@/core/services/logger";
import { temporaryDatabase } from "@test/database";
import { artifactRow, storeAndIndex } from "@test/search";
import type { Embedder } from "./index/embedder";
import { hashEmbedder } from "./index/hash-embedder";
import { inlineEmbedder } from "./index/inline-embedder";
import { indexVectorDbStep } from "./index-vector-db-step";

async function totalChanges(db: Db): Promise<number> {
  const [row] = await db.raw.all("SELECT total_changes() AS n");
  return Number(row?.["n"]);
}

function recordingLogger(lines: LogFields[]): Logger {
  return { ...silentLogger, error: (message, fields) => lines.push({ message, ...fields }) };
}

describe("indexVectorDbStep", () => {
  test("indexes what waits and marks it with its hash", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await db.insert(mdArtifacts).values(artifactRow("a", "# One\n\nfirst text"));
    await db.insert(mdArtifacts).values(artifactRow("b", "second text"));
    expect(await indexVectorDbStep("notes", db)).toEqual({ indexed: 2, removed: 0, failed: 0 });
    const rows = await db.select().from(mdArtifacts);
    expect(rows.every((row) => row.indexedHash === row.contentHash)).toBe(true);
    const [first] = await db.select().from(chunk).where(eq(chunk.artifactId, "a"));
    expect(first).toMatchObject({ startLine: 1, endLine: 3, heading: "One", text: "# One\n\nfirst text" });
    const vectors = await db.select().from(contentEmbedding);
    expect(vectors.map((row) => [row.model, row.vector.byteLength])).toEqual([
      [inlineEmbedder.id, 1024],
      [inlineEmbedder.id, 1024],
    ]);
  });

  test("writes nothing when nothing waits", async () => {
    await using database = await temporaryDatabase();
    await storeAndIndex(database.db, [artifactRow("a", "text"), artifactRow("empty", " \n ")]);
    const before = await totalChanges(database.db);
    expect(await indexVectorDbStep("notes", database.db)).toEqual({ indexed: 0, removed: 0, failed: 0 });
    expect(await totalChanges(database.db)).toBe(before);
  });

  test("replaces the chunks of a changed artifact whole", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, [artifactRow("a", "word ".repeat(600))]);
    await db.update(mdArtifacts).set({ markdown: "short now", contentHash: "new", indexedHash: null });
    await indexVectorDbStep("notes", db);
    const chunks = await db.select().from(chunk);
    expect(chunks.map((row) => row.text)).toEqual(["short now"]);
    const [row] = await db.select().from(mdArtifacts);
    expect(row?.indexedHash).toBe("new");
  });

  test("keeps to one integration and one account", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await db.insert(mdArtifacts).values(artifactRow("a", "x", { account: "work" }));
    await db.insert(mdArtifacts).values(artifactRow("b", "x", { account: "home" }));
    await db.insert(mdArtifacts).values(artifactRow("c", "x", { integration: "other" }));
    expect(await indexVectorDbStep("notes", db, { account: "work" })).toMatchObject({ indexed: 1 });
    const waiting = await db.select().from(mdArtifacts);
    expect(waiting.filter((row) => row.indexedHash === null).map((row) => row.id)).toEqual(["b", "c"]);
  });

  test("takes removed artifacts out", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, [artifactRow("a", "text"), artifactRow("b", "text")]);
    await db.update(mdArtifacts).set({ deletedAt: "2026-02-01T00:00:00Z" }).where(eq(mdArtifacts.id, "a"));
    expect(await indexVectorDbStep("notes", db)).toEqual({ indexed: 0, removed: 1, failed: 0 });
    expect((await db.select().from(chunk)).map((row) => row.artifactId)).toEqual(["b"]);
    expect(await indexVectorDbStep("notes", db)).toMatchObject({ removed: 0 });
  });

  test("one bad artifact is recorded and does not stop the rest", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    for (const id of ["a", "b", "c"]) await db.insert(mdArtifacts).values(artifactRow(id, `text of ${id}`));
    await db.raw.run("UPDATE mdArtifacts SET entities = 'not json' WHERE id = 'a'");
    const fussy: Embedder = {
      ...hashEmbedder,
      embed: (texts, kind) =>
        texts.includes("text of b")
          ? Promise.reject(new Error("no such word"))
          : hashEmbedder.embed(texts, kind),
    };
    const lines: LogFields[] = [];
    const result = await indexVectorDbStep("notes", db, { embedder: fussy, log: recordingLogger(lines) });
    expect(result).toEqual({ indexed: 1, removed: 0, failed: 2 });
    expect(lines.map((line) => line["artifact"])).toEqual(["a", "b"]);
    expect(String(lines[1]?.["error"])).toContain("no such word");
  });

  test("an artifact that changes while it is embedded is not marked with the old text", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await db.insert(mdArtifacts).values(artifactRow("a", "old text"));
    let changed = false;
    const slow: Embedder = {
      ...hashEmbedder,
      embed: async (texts, kind) => {
        if (!changed) {
          changed = true;
          await db.update(mdArtifacts).set({ markdown: "new text", contentHash: "new" });
        }
        return hashEmbedder.embed(texts, kind);
      },
    };
    expect(await indexVectorDbStep("notes", db, { embedder: slow })).toMatchObject({ indexed: 1 });
    expect((await db.select().from(chunk)).map((row) => row.text)).toEqual(["new text"]);
  });

  test("stops when asked and keeps what it had", async () => {
    await using database = await temporaryDatabase();
    await database.db.insert(mdArtifacts).values(artifactRow("a", "text"));
    const stopped = AbortSignal.abort();
    const step = indexVectorDbStep("notes", database.db, { signal: stopped });
    await expect(
      step.then(
        () => "done",
        (error: Error) => error.name,
      ),
    ).resolves.toBe("CancelledError");
    await step.catch(() => undefined);
    expect(await indexVectorDbStep("notes", database.db)).toMatchObject({ indexed: 1 });
  });

  test("other work gets its turn while many artifacts are indexed", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    for (let i = 0; i < 600; i++)
      await db.insert(mdArtifacts).values(artifactRow(`a${i}`, "word ".repeat(300)));
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await indexVectorDbStep("notes", db);
    clearInterval(timer);
    // How often depends on how quick the machine is; without giving way it gets none.
    expect(turns).toBeGreaterThan(1);
  });
});
