import { describe, expect, test } from "bun:test";
import { eq } from "drizzle-orm";
import { mdArtifacts } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { indexVectorDbStep } from "@/core/services/index-vector-db-step";
import { parseStep } from "@/core/services/insights/parse-step";
import { temporaryDatabase } from "@test/database";
import { artifactRow, type ArtifactRow } from "@test/search";
import { distilTogether } from "./distil-together";
import { type ThreadBatch, type ThreadPass, WorkThreads } from "./work-threads";

const never = new AbortController().signal;
const source = { integration: "notes" };
const inProcess: Pick<WorkThreads, "pass"> = {
  pass: () => ({ begin: () => undefined, end: () => Promise.resolve() }),
};

/** The real threads, with something that happens to each of their batches. */
function threadsWith(change: (batch: ThreadBatch) => ThreadBatch): WorkThreads & AsyncDisposable {
  const threads = new WorkThreads();
  const pass = threads.pass.bind(threads);
  return Object.assign(threads, {
    pass: (path: string): ThreadPass => {
      const real = pass(path);
      const begin: ThreadPass["begin"] = (...which) => {
        const batch = real.begin(...which);
        return batch === undefined ? undefined : change(batch);
      };
      return { ...real, begin };
    },
    [Symbol.asyncDispose]: () => threads.stop(),
  });
}

/** Texts with everything that the steps look at: turns, tables, other scripts, code, provided insights, nothing. */
function mixedRows(): ArtifactRow[] {
  const provided = { keyPoints: ["Given point"], questionsAnswered: ["Given?"], entities: ["Given Name"] };
  const long = "Anna Berg decided to move ACME's invoices to GitHub before May. Who pays? Nobody does.\n\n";
  return [
    artifactRow("prose", `# Plan\n\n${long.repeat(40)}`, { title: "Plan", author: "Anna Berg" }),
    artifactRow("chat", "Mira: Is the importJob stuck?\nJonas: I restarted it.", { kind: "conversation" }),
    artifactRow("table", "| a | b |\n| - | - |\n| Zürich | naïve café |"),
    artifactRow("han", "我们决定在五月之前完成迁移。谁来负责？", { artifactDate: "2026-01-02" }),
    artifactRow("lone", `half a pair \ud83d here ${"x".repeat(3_000)}`),
    artifactRow("code", "```ts\nconst startDateTime = 1;\n```", { kind: "code" }),
    artifactRow("given", "Its own insights.", { metadata: { providedInsights: provided } }),
    artifactRow("half", "Bo Ek decided.", { metadata: { providedInsights: { entities: ["Only These"] } } }),
    artifactRow("empty", ""),
    artifactRow("place", "First of two.", { integrationArtifactId: "channel/1700000000.000100" }),
    ...Array.from({ length: 40 }, (_, n) => artifactRow(`n${n}`, `Note ${n} of ACME. ${long.repeat(n % 7)}`)),
  ];
}

/** Every row of every table that the steps write, but for the time of writing. */
async function everything(db: Db): Promise<unknown> {
  const tables = [
    "mdArtifacts",
    "chunk",
    "contentEmbedding",
    "keyPointsEmbedding",
    "questionsAnsweredEmbedding",
  ];
  const derived = ["searchArtifact", "searchEntity", "searchChunk", "searchTerms", "searchVocabulary"];
  const found: Record<string, unknown> = {};
  for (const table of [...tables, ...derived]) {
    const rows = await db.raw.all(`SELECT * FROM ${table} ORDER BY 1, 2`);
    found[table] = rows.map((row) => ({ ...row, updateDate: undefined }));
  }
  return found;
}

describe("insights and index in one pass", () => {
  test("write the same as the two steps, in the process and in threads", async () => {
    const results: unknown[] = [];
    await using threads = threadsWith((batch) => batch);
    for (const way of ["steps", inProcess, threads] as const) {
      await using database = await temporaryDatabase();
      const { db } = database;
      await db.insert(mdArtifacts).values(mixedRows());
      if (way === "steps") {
        await parseStep("notes", db);
        await indexVectorDbStep("notes", db);
      } else {
        expect((await distilTogether(db, source, never, { workers: way })).written).toBe(50);
      }
      results.push(await everything(db));
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });

  test("leave insights alone that are of this version", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    const row = artifactRow("a", "Some text.");
    const made = { insightHash: row.contentHash, insightState: "llm" as const, keyPoints: ["By a model"] };
    await db.insert(mdArtifacts).values({ ...row, ...made });
    expect((await distilTogether(db, source, never)).written).toBe(1);
    const [stored] = await db.select().from(mdArtifacts);
    expect(stored).toMatchObject({ ...made, updateDate: row.updateDate, indexedHash: row.contentHash });
  });

  test("write nothing when nothing waits", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await db.insert(mdArtifacts).values([artifactRow("a", "text"), artifactRow("b", " ")]);
    await distilTogether(db, source, never);
    const changes = () => db.raw.all("SELECT total_changes() AS n");
    const before = await changes();
    expect((await distilTogether(db, source, never)).written).toBe(0);
    expect(await changes()).toEqual(before);
    expect(await parseStep("notes", db)).toEqual({ parsed: 0, failed: 0 });
  });

  test("replace an older version whole", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await db.insert(mdArtifacts).values(artifactRow("a", "word ".repeat(900)));
    await distilTogether(db, source, never);
    const waits = { indexedHash: null, insightHash: null };
    await db.update(mdArtifacts).set({ markdown: "short now", contentHash: "new", ...waits });
    expect((await distilTogether(db, source, never)).written).toBe(1);
    expect(await db.raw.all("SELECT text FROM chunk")).toEqual([{ text: "short now" }]);
    expect(await db.raw.all("SELECT count(*) AS n, max(live) AS live FROM searchArtifact")).toEqual([
      { n: 1, live: 1 },
    ]);
  });

  test("leave what is broken, very long, removed or of another account to the steps", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await db
      .insert(mdArtifacts)
      .values([
        artifactRow("good", "text"),
        artifactRow("broken", "text"),
        artifactRow("damaged", "text"),
        artifactRow("long", "word ".repeat(41_000)),
        artifactRow("gone", "text", { deletedAt: "2026-01-01T00:00:00.000Z" }),
        artifactRow("elsewhere", "text", { account: "other" }),
      ]);
    await db.raw.run("UPDATE mdArtifacts SET entities = 'not json' WHERE id = 'broken'");
    await db.raw.run("UPDATE mdArtifacts SET metadata = '[1' WHERE id = 'damaged'");
    expect((await distilTogether(db, { ...source, account: "default" }, never)).written).toBe(1);
    const indexed = await db.raw.all("SELECT id FROM mdArtifacts WHERE indexedHash IS NOT NULL");
    expect(indexed).toEqual([{ id: "good" }]);
    expect(await parseStep("notes", db, { account: "default" })).toEqual({ parsed: 2, failed: 1 });
  });

  test("leave an artifact waiting that changes meanwhile", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await db.insert(mdArtifacts).values(Array.from({ length: 12 }, (_, n) => artifactRow(`a${n}`, "old")));
    await using changing = threadsWith((batch) => ({
      ...batch,
      workedOut: batch.workedOut.then(() =>
        db.update(mdArtifacts).set({ markdown: "new", contentHash: "new" }).where(eq(mdArtifacts.id, "a3")),
      ),
    }));
    let finished = 0;
    const done = (artifacts: number) => (finished += artifacts);
    expect(await distilTogether(db, source, never, { workers: changing, done })).toEqual({
      written: 11,
      left: ["a3"],
    });
    expect(finished).toBe(12);
    const waiting = await db.raw.all("SELECT id, insightHash FROM mdArtifacts WHERE indexedHash IS NULL");
    expect(waiting).toEqual([{ id: "a3", insightHash: null }]);
  });

  test("stop when asked and keep what they had", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await db.insert(mdArtifacts).values(Array.from({ length: 70 }, (_, n) => artifactRow(`a${n}`, "text")));
    const abort = new AbortController();
    await using stopping = threadsWith((batch) => ({
      ...batch,
      write: () => batch.write().finally(() => abort.abort()),
    }));
    const stopped = await distilTogether(db, source, abort.signal, { workers: stopping }).catch(
      (error: Error) => error.name,
    );
    expect(stopped).toBe("CancelledError");
    expect((await distilTogether(db, source, never, { workers: inProcess })).written).toBe(20);
  });
});
