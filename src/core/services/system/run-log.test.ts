import { describe, expect, test } from "bun:test";
import { syncRun } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { createLogger } from "@/core/services/logger";
import { temporaryDatabase } from "@test/database";
import { createRunLog } from "./run-log";

async function run(db: Db, id: string) {
  const none = {
    seen: 0,
    inserted: 0,
    updated: 0,
    unchanged: 0,
    deleted: 0,
    skipped: 0,
    failed: 0,
    resumes: 0,
  };
  await db.insert(syncRun).values({
    id,
    integration: "Files",
    account: "a",
    mode: "full",
    trigger: "manual",
    state: "running",
    ...none,
    confirmDeletions: false,
    createdAt: "2026-06-01T00:00:00.000Z",
  });
}

/** A run log over a real database with two runs, and the logger that feeds it. */
async function logged(limits: { lines?: number; characters?: number } = {}) {
  const database = await temporaryDatabase();
  const own: string[] = [];
  const quiet = createLogger({ level: "info", write: (line) => void own.push(line) });
  const runLog = createRunLog({ db: database.db, log: quiet }, { delayMs: 60_000, ...limits });
  await run(database.db, "one");
  await run(database.db, "two");
  const log = createLogger({ level: "info", write: runLog.take });
  return { database, runLog, own, log, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
}

const texts = ({ lines }: { lines: { message: string }[] }) => lines.map((line) => line.message);

describe("the log of a run", () => {
  test("is its own lines alone, newest first, and outlives whoever wrote it", async () => {
    await using place = await logged();
    const { database, runLog, log, own } = place;
    for (let at = 0; at < 6; at++) log.child({ runId: at % 2 === 0 ? "one" : "two" }).info(`line ${at}`);
    log.info("of no run");
    log.info('mentions "runId":"one" only');
    log.info("of a run that is not there", { runId: "never" });
    await runLog.flush();
    const later = createRunLog({ db: database.db, log });
    expect(texts(await later.read("one", 2))).toEqual(["line 4", "line 2"]);
    expect(texts(await later.read("one", 100))).toEqual(["line 4", "line 2", "line 0"]);
    expect(texts(await later.read("two", 100))).toEqual(["line 5", "line 3", "line 1"]);
    expect(await later.read("never", 100)).toEqual({ lines: [], dropped: 0 });
    expect(own).toEqual([]);
  });

  test("keeps no secret", async () => {
    await using place = await logged();
    const { runLog, log } = place;
    log.info("Asked.", { runId: "one", authorization: "Bearer abcdefghijklmnopqrstuvwxyz0123456789" });
    expect(JSON.stringify(await runLog.read("one", 10))).not.toContain("abcdefghijklmnop");
  });

  test("is bounded in lines and in size: the newest stay, and what was dropped is counted", async () => {
    await using place = await logged({ lines: 20, characters: 4_000 });
    const { runLog, log } = place;
    for (let batch = 0; batch < 5; batch++) {
      for (let at = 0; at < 8; at++) log.info(`line ${batch * 8 + at}`, { runId: "one" });
      await runLog.flush();
    }
    const kept = await runLog.read("one", 1_000);
    expect(kept.lines).toHaveLength(20);
    expect(kept.dropped).toBe(20);
    expect(kept.lines[0]?.message).toBe("line 39");
    for (let at = 0; at < 8; at++) log.info(`wide ${at} ${"x".repeat(900)}`, { runId: "one" });
    const wide = await runLog.read("one", 1_000);
    expect(texts(wide).map((text) => text.slice(0, 6))).toEqual(["wide 7", "wide 6", "wide 5", "wide 4"]);
    expect(wide.dropped).toBe(44);
    log.info("y".repeat(50_000), { runId: "two", detail: "z".repeat(50_000) });
    expect(await runLog.read("two", 10)).toMatchObject({
      lines: [{ message: "y".repeat(2_000), cut: true }],
    });
  });

  test("that cannot be written is told once for all of its lines, and nothing else breaks", async () => {
    await using place = await logged();
    const { database, runLog, log, own } = place;
    await database.db.raw.run("DROP TABLE syncLogLine");
    for (let at = 0; at < 3; at++) log.info(`line ${at}`, { runId: "one" });
    await runLog.flush();
    expect(own).toHaveLength(1);
    expect(own[0]).toContain("could not be kept");
  });
});
