import { describe, expect, test } from "bun:test";
import { eq } from "drizzle-orm";
import { mdArtifacts } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { temporaryDatabase } from "@test/database";
import { insertArtifact, memoryLog } from "@test/insight-artifacts";
import { parseStep } from "./parse-step";

async function read(db: Db, id: string) {
  const [row] = await db.select().from(mdArtifacts).where(eq(mdArtifacts.id, id));
  if (row === undefined) throw new Error(`no artifact ${id}`);
  return row;
}

describe("the parse step", () => {
  test("gives insights to artifacts that wait and sends them to the index", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await insertArtifact(db, { id: "a", indexedHash: "hash-a" });
    expect(await parseStep("Files", db)).toEqual({ parsed: 1, failed: 0 });
    const row = await read(db, "a");
    expect(row.keyPoints).toContain("We decided to refund every order within 30 days.");
    expect(row.entities).toContain("Anna Berg");
    expect(row).toMatchObject({ insightState: "offline", insightHash: "hash-a", indexedHash: null });
    expect(row.updateDate > "2026-01-01T00:00:00.000Z").toBe(true);
  });

  test("writes nothing when nothing waits", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await insertArtifact(db, { id: "a" });
    await parseStep("Files", db);
    const before = await read(db, "a");
    const changes = async () => (await db.raw.all("SELECT total_changes() AS n"))[0]?.["n"];
    const written = await changes();
    expect(await parseStep("Files", db)).toEqual({ parsed: 0, failed: 0 });
    expect(await changes()).toBe(written);
    expect(await read(db, "a")).toEqual(before);
  });

  test("does an artifact again once its content changed", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await insertArtifact(db, { id: "a", insightState: "llm", insightHash: null, keyPoints: ["old"] });
    expect((await parseStep("Files", db)).parsed).toBe(1);
    expect(await read(db, "a")).toMatchObject({ insightState: "offline", insightHash: "hash-a" });
  });

  test("leaves other integrations, other accounts and removed artifacts alone", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await insertArtifact(db, { id: "mine", account: "one" });
    await insertArtifact(db, { id: "other-account", account: "two" });
    await insertArtifact(db, { id: "other-source", account: "one", integration: "Slack" });
    await insertArtifact(db, { id: "gone", account: "one", deletedAt: "2026-01-02T00:00:00.000Z" });
    expect(await parseStep("Files", db, { account: "one" })).toEqual({ parsed: 1, failed: 0 });
    expect((await read(db, "gone")).insightHash).toBeNull();
    expect((await read(db, "other-account")).insightHash).toBeNull();
    expect(await parseStep("Files", db)).toEqual({ parsed: 1, failed: 0 });
  });

  test("takes what the source provides in the place of what it would extract, field by field", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    const all = {
      keyPoints: ["Given point"],
      questionsAnswered: ["Given?"],
      entities: ["Given Name", "given name"],
    };
    await insertArtifact(db, { id: "all", metadata: { providedInsights: all } });
    await insertArtifact(db, { id: "some", metadata: { providedInsights: { keyPoints: ["Given point"] } } });
    await insertArtifact(db, { id: "junk", metadata: { providedInsights: "no object" } });
    await insertArtifact(db, {
      id: "half",
      metadata: { providedInsights: { keyPoints: [1], entities: ["X Y"] } },
    });
    expect(await parseStep("Files", db)).toEqual({ parsed: 4, failed: 0 });
    expect(await read(db, "all")).toMatchObject({
      ...all,
      entities: ["Given Name"],
      insightState: "provided",
    });
    const some = await read(db, "some");
    expect(some).toMatchObject({ keyPoints: ["Given point"], insightState: "offline" });
    expect(some.entities).toContain("Anna Berg");
    expect((await read(db, "junk")).entities).toContain("Anna Berg");
    const half = await read(db, "half");
    expect(half.entities).toEqual(["X Y"]);
    expect(half.keyPoints.length).toBeGreaterThan(0);
  });

  test("goes on past an artifact that cannot be read, counts it and tries it again", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    for (const id of ["a", "b", "c"]) await insertArtifact(db, { id });
    await db.raw.run(`UPDATE "mdArtifacts" SET metadata = '{damaged' WHERE id = 'b'`);
    const log = memoryLog();
    expect(await parseStep("Files", db, { log })).toEqual({ parsed: 2, failed: 1 });
    expect(log.events).toHaveLength(1);
    expect(log.events[0]?.fields).toMatchObject({ artifactId: "b" });
    await db.raw.run(`UPDATE "mdArtifacts" SET metadata = '{}' WHERE id = 'b'`);
    expect(await parseStep("Files", db, { log })).toEqual({ parsed: 1, failed: 0 });
  });

  test("leaves a newer version waiting when an artifact changes meanwhile", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await insertArtifact(db, { id: "a" });
    const running = parseStep("Files", db);
    // Every read of the step takes its turn on the same connection, so this lands between read and write.
    const racing = db.transaction(async (tx) => {
      await tx.update(mdArtifacts).set({ contentHash: "newer", markdown: "" }).where(eq(mdArtifacts.id, "a"));
    });
    await Promise.all([running, racing]);
    const row = await read(db, "a");
    expect(row.insightHash === null || row.insightHash === "newer").toBe(true);
    await parseStep("Files", db);
    expect((await read(db, "a")).insightHash).toBe("newer");
  });

  test("stops at the next batch when it is cancelled, and keeps what is done", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    for (let i = 0; i < 60; i++) await insertArtifact(db, { id: `a${String(i).padStart(3, "0")}` });
    const abort = new AbortController();
    const running = parseStep("Files", db, { signal: abort.signal });
    setImmediate(() => abort.abort(new Error("stop")));
    expect(await running.catch((error: unknown) => String(error))).toContain("stop");
    const rest = await parseStep("Files", db);
    const done = await db.select({ hash: mdArtifacts.insightHash }).from(mdArtifacts);
    expect(rest.parsed).toBeGreaterThan(0);
    expect(done.every(({ hash }) => hash !== null)).toBe(true);
  });

  test("lets others have their turn while it works through many artifacts", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    const markdown = "Anna Berg decided to refund the order within 30 days of the purchase. ".repeat(40);
    await db.transaction(async (tx) => {
      for (let i = 0; i < 400; i++) await insertArtifact(tx, { id: `a${i}`, markdown });
    });
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    expect((await parseStep("Files", db)).parsed).toBe(400);
    clearInterval(timer);
    // 16 batches, and a turn for others after nearly every one.
    expect(turns).toBeGreaterThanOrEqual(8);
  });

  test("gives an artifact without text no insights, and does not come back to it", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await insertArtifact(db, { id: "empty", markdown: "", title: "" });
    expect((await parseStep("Files", db)).parsed).toBe(1);
    expect(await read(db, "empty")).toMatchObject({ keyPoints: [], questionsAnswered: [], entities: [] });
    expect((await parseStep("Files", db)).parsed).toBe(0);
  });
});
