import { describe, expect, test } from "bun:test";
import { eq } from "drizzle-orm";
import { mdArtifacts } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { AuthError, ItemError, RateLimitedError, TransientError } from "@/core/models/errors";
import { temporaryDatabase } from "@test/database";
import { insertArtifact, memoryLog } from "@test/insight-artifacts";
import { fails, modelServer, says } from "@test/model-server";
import { extractorFor } from "./extractor-from-config";
import type { InsightExtractor, InsightInput } from "./types";
import { createInsightUpgrader, type UpgraderOptions } from "./upgrade";

const better = { keyPoints: ["Better point."], questionsAnswered: ["Better?"], entities: ["Anna Berg"] };

/** An extractor of the test's own: what a model would say, or how it fails, by title. */
function extractor(answer: (artifact: InsightInput) => typeof better | Error = () => better) {
  const asked: string[] = [];
  const made: InsightExtractor = {
    name: "test-model",
    extract: (artifact) => {
      asked.push(artifact.title);
      const result = answer(artifact);
      return result instanceof Error ? Promise.reject(result) : Promise.resolve(result);
    },
  };
  return { made, asked };
}

async function offline(db: Db, id: string, fields: Parameters<typeof insertArtifact>[1] | object = {}) {
  await insertArtifact(db, {
    title: id,
    insightState: "offline",
    insightHash: `hash-${id}`,
    indexedHash: `hash-${id}`,
    ...fields,
    id,
  });
}

async function read(db: Db, id: string) {
  const [row] = await db.select().from(mdArtifacts).where(eq(mdArtifacts.id, id));
  if (row === undefined) throw new Error(`no artifact ${id}`);
  return row;
}

const upgrader = (db: Db, made: InsightExtractor, options: Partial<UpgraderOptions> = {}) =>
  createInsightUpgrader({ db, log: memoryLog(), extractor: made, ...options });

describe("a drain", () => {
  test("upgrades what waits, newest first, and says what to index again", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await offline(db, "old", { artifactDate: "2020-01-01T00:00:00.000Z" });
    await offline(db, "new", { artifactDate: "2026-01-01T00:00:00.000Z", integration: "Slack" });
    await offline(db, "middle", { artifactDate: "2023-01-01T00:00:00.000Z" });
    const { made, asked } = extractor();
    const indexed: string[] = [];
    const outcome = await upgrader(db, made, { onUpgraded: (name) => void indexed.push(name) }).drain();
    expect(outcome).toMatchObject({ done: 3, declined: 0, overBudget: [], pausedUntil: undefined });
    expect(outcome.integrations.sort()).toEqual(["Files", "Slack"]);
    expect(asked).toEqual(["new", "middle", "old"]);
    expect(indexed.sort()).toEqual(["Files", "Slack"]);
    expect(await read(db, "old")).toMatchObject({ ...better, insightState: "llm", indexedHash: null });
  });

  test("never asks again about a version that is done", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await offline(db, "a");
    const { made, asked } = extractor();
    await upgrader(db, made).drain();
    await upgrader(db, made).drain();
    expect(asked).toEqual(["a"]);
  });

  test("leaves alone what waits for other things, is provided whole, is empty or removed", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await offline(db, "pending", { insightState: "pending" });
    await offline(db, "stale", { insightHash: "older" });
    await offline(db, "provided", { insightState: "provided" });
    await offline(db, "empty", { markdown: "  \n" });
    await offline(db, "gone", { deletedAt: "2026-01-01T00:00:00.000Z" });
    const { made, asked } = extractor();
    expect((await upgrader(db, made).drain()).done).toBe(0);
    expect(asked).toEqual([]);
  });

  test("keeps the source's own insights in their place", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await offline(db, "a", { metadata: { providedInsights: { keyPoints: ["The source's point"] } } });
    await upgrader(db, extractor().made).drain();
    expect(await read(db, "a")).toMatchObject({
      keyPoints: ["The source's point"],
      questionsAnswered: ["Better?"],
    });
  });

  test("throws away an answer about a version that has changed meanwhile", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await offline(db, "a");
    const made: InsightExtractor = {
      name: "slow",
      extract: async () => {
        await db.update(mdArtifacts).set({ contentHash: "newer", insightState: "pending" });
        return better;
      },
    };
    expect((await upgrader(db, made).drain()).done).toBe(0);
    expect(await read(db, "a")).toMatchObject({ keyPoints: [], insightState: "pending" });
  });

  test("goes on past a damaged row", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    for (const id of ["a", "b", "c"]) await offline(db, id);
    await db.raw.run(`UPDATE "mdArtifacts" SET metadata = '{damaged' WHERE id = 'b'`);
    expect((await upgrader(db, extractor().made).drain()).done).toBe(2);
  });

  test("goes on when indexing again fails, and logs it", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await offline(db, "a");
    const log = memoryLog();
    const outcome = await upgrader(db, extractor().made, { log, onUpgraded: indexIsBusy }).drain();
    expect(outcome.done).toBe(1);
    expect(log.events.at(-1)).toMatchObject({ level: "error", fields: { error: "index is busy" } });
  });
});

describe("the budget", () => {
  test("is kept an integration, outlives a restart and opens again with the next hour", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    for (let i = 0; i < 5; i++) await offline(db, `f${i}`);
    await offline(db, "s", { integration: "Slack" });
    const { made, asked } = extractor();
    let time = Date.parse("2026-03-01T10:15:00Z");
    const options = { budget: { perHour: 2, perDay: 3 }, now: () => time };
    const first = await upgrader(db, made, options).drain();
    expect(first).toMatchObject({ done: 3, overBudget: ["Files"] });
    expect((await upgrader(db, made, options).drain()).done).toBe(0);
    time += 3_600_000;
    expect((await upgrader(db, made, options).drain()).done).toBe(1);
    time += 3_600_000;
    expect((await upgrader(db, made, options).drain()).done).toBe(0);
    time += 24 * 3_600_000;
    expect((await upgrader(db, made, options).drain()).done).toBe(2);
    expect(asked).toHaveLength(6);
  });
});

describe("when the model fails", () => {
  test("the offline insights stay and the model is left alone, longer each time, through a restart", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await offline(db, "a", { keyPoints: ["offline point"] });
    let time = Date.now();
    const { made, asked } = extractor(() => new TransientError("down"));
    const now = () => time;
    const first = await upgrader(db, made, { now }).drain();
    expect(first.pausedUntil?.getTime()).toBe(time + 60_000);
    expect(await read(db, "a")).toMatchObject({ keyPoints: ["offline point"], indexedHash: "hash-a" });
    await upgrader(db, made, { now }).drain();
    expect(asked).toHaveLength(1);
    time += 60_001;
    const second = await upgrader(db, made, { now }).drain();
    expect(second.pausedUntil?.getTime()).toBe(time + 120_000);
    time += 120_001;
    expect((await upgrader(db, extractor().made, { now }).drain()).done).toBe(1);
  });

  test("a rate limit is obeyed to its time", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await offline(db, "a");
    const retryAt = new Date(Date.now() + 7_200_000);
    const outcome = await upgrader(db, extractor(() => new RateLimitedError("wait", retryAt)).made).drain();
    expect(outcome.pausedUntil).toEqual(retryAt);
  });

  test("a refused key pauses this process only: a restart with another key goes on at once", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await offline(db, "a");
    const worker = upgrader(db, extractor(() => new AuthError("refused")).made);
    expect((await worker.drain()).pausedUntil).toBeDefined();
    expect((await worker.drain()).pausedUntil).toBeDefined();
    expect((await upgrader(db, extractor().made).drain()).done).toBe(1);
  });

  test("one text that it cannot do is given up for good, the others are done", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    for (const id of ["a", "bad", "c"]) await offline(db, id);
    const { made, asked } = extractor(({ title }) => (title === "bad" ? new ItemError("junk") : better));
    expect(await upgrader(db, made).drain()).toMatchObject({
      done: 2,
      declined: 1,
      pausedUntil: undefined,
    });
    await upgrader(db, made).drain();
    expect(asked.filter((title) => title === "bad")).toHaveLength(1);
    expect((await read(db, "bad")).insightState).toBe("offline");
    // A new version is a new text.
    await db
      .update(mdArtifacts)
      .set({ contentHash: "v2", insightHash: "v2" })
      .where(eq(mdArtifacts.id, "bad"));
    await upgrader(db, made).drain();
    expect(asked.filter((title) => title === "bad")).toHaveLength(2);
  });

  test("refusals in a row are the model's trouble: the rest is not burnt", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    for (let i = 0; i < 40; i++) await offline(db, `a${i}`);
    const { made, asked } = extractor(() => new ItemError("junk"));
    expect((await upgrader(db, made).drain()).pausedUntil).toBeDefined();
    expect(asked.length).toBeLessThanOrEqual(8);
  });

  test("an answer that is empty through and through does not wipe the offline insights", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await offline(db, "a", { keyPoints: ["offline point"] });
    const empty = { keyPoints: [], questionsAnswered: [], entities: [] };
    expect((await upgrader(db, extractor(() => empty).made).drain()).declined).toBe(1);
    expect((await read(db, "a")).keyPoints).toEqual(["offline point"]);
  });
});

describe("the background worker", () => {
  test("works until stopped, picks up what comes later, and stops at once", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await offline(db, "a");
    const worker = upgrader(db, extractor().made, { pollMs: 10 });
    worker.start();
    worker.start();
    await until(async () => (await read(db, "a")).insightState === "llm");
    await offline(db, "b");
    await until(async () => (await read(db, "b")).insightState === "llm");
    await worker.stop();
    await offline(db, "c");
    await Bun.sleep(40);
    expect((await read(db, "c")).insightState).toBe("offline");
    await worker.stop();
  });

  test("stops in the middle of a call that hangs, and the artifact stays as it was", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await offline(db, "a");
    await using server = modelServer(() => Promise.withResolvers<Response>().promise);
    const made = extractorFor({
      kind: "openai-compatible",
      model: "m",
      baseUrl: server.baseUrl,
      apiKey: undefined,
    });
    if (made === undefined) throw new Error("no extractor");
    const worker = upgrader(db, made);
    worker.start();
    await until(() => Promise.resolve(server.requests.length === 1));
    await worker.stop();
    expect(await read(db, "a")).toMatchObject({ insightState: "offline", indexedHash: "hash-a" });
    const settings = await db.raw.all(`SELECT key FROM "setting" WHERE key = 'insights.pause'`);
    expect(settings).toEqual([]);
  });

  test("upgrades through a real endpoint with the key, and calls nothing else", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await offline(db, "a");
    await offline(db, "b", { integration: "Slack" });
    await using server = modelServer(
      () => says("junk"),
      () => says(JSON.stringify(better)),
    );
    const made = extractorFor({
      kind: "openai-compatible",
      model: "m",
      baseUrl: server.baseUrl,
      apiKey: "key-1",
    });
    if (made === undefined) throw new Error("no extractor");
    expect((await upgrader(db, made).drain()).done).toBe(2);
    expect(server.requests).toHaveLength(3);
    expect(new Set(server.requests.map(({ path }) => path))).toEqual(new Set(["/v1/chat/completions"]));
    expect(new Set(server.requests.map(({ authorization }) => authorization))).toEqual(
      new Set(["Bearer key-1"]),
    );
  });

  test("leaves everything as it was when the endpoint is down", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await offline(db, "a", { keyPoints: ["offline point"] });
    await using server = modelServer(() => fails(401, "wrong key"));
    const made = extractorFor({
      kind: "openai-compatible",
      model: "m",
      baseUrl: server.baseUrl,
      apiKey: "key-1",
    });
    if (made === undefined) throw new Error("no extractor");
    const log = memoryLog();
    await upgrader(db, made, { log }).drain();
    expect((await read(db, "a")).keyPoints).toEqual(["offline point"]);
    expect(JSON.stringify(log.events)).not.toContain("key-1");
  });
});

function indexIsBusy(): Promise<void> {
  return Promise.reject(new Error("index is busy"));
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await Bun.sleep(5);
}
