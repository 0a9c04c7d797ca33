import { expect, test } from "bun:test";
import { eq } from "drizzle-orm";
import { newestWrite } from "@/core/db/queries/health";
import { latestRuns } from "@/core/db/queries/runs";
import { mdArtifacts, syncRun, syncTask } from "@/core/db/schema";
import type { RunState } from "@/core/models/sync";
import { temporaryDatabase } from "@test/database";
import { settleFutureDates } from "./future-dates";

const now = new Date("2026-05-02T00:00:00.000Z");
const latest = "2026-05-02T00:05:00.000Z";

const counts = {
  seen: 0,
  inserted: 0,
  updated: 0,
  unchanged: 0,
  deleted: 0,
  skipped: 0,
  failed: 0,
  resumes: 0,
};
const run = (id: string, state: RunState, createdAt: string, finishedAt: string | null) => ({
  ...counts,
  ...{ id, state, createdAt, finishedAt, startedAt: createdAt, heartbeatAt: finishedAt },
  integration: "Files",
  account: "a",
  mode: "full" as const,
  trigger: "cli" as const,
  confirmDeletions: false,
});

/** What was written while the clock was right, then a year ahead, then right again. */
async function mixedUp() {
  const database = await temporaryDatabase();
  const { db } = database;
  await db
    .insert(syncRun)
    .values([
      run("before", "succeeded", "2026-05-01T00:00:00.000Z", "2026-05-01T00:01:00.000Z"),
      run("jumped", "succeeded", "2026-05-01T01:00:00.000Z", "2027-05-01T01:02:00.000Z"),
      run("ahead", "failed", "2027-05-01T02:00:00.000Z", "2027-05-01T02:03:00.000Z"),
      run("after", "succeeded", "2026-05-01T03:00:00.000Z", "2026-05-01T03:01:00.000Z"),
      run("parked", "parked", "2027-05-01T04:00:00.000Z", null),
    ]);
  const task = { integration: "Files", account: "a", step: "read", status: "SUCCESS" as const, retries: 0 };
  await db.insert(syncTask).values({
    ...{ ...task, id: "t", runId: "ahead", inputs: {}, counts: {} },
    createdAt: "2027-05-01T02:01:00.000Z",
    updateDate: "2027-05-01T02:02:30.500Z",
  });
  return database;
}

test("syncs that a wrong clock dated keep order and length, and no account stands as one of them any longer", async () => {
  await using database = await mixedUp();
  const { db } = database;
  await db.delete(syncRun).where(eq(syncRun.id, "parked"));
  expect((await latestRuns(db)).map(({ id }) => id)).toEqual(["ahead"]);
  expect(await settleFutureDates(db, latest, now)).toEqual({ runs: 2, artifacts: 0 });
  const rows = await db.select().from(syncRun).orderBy(syncRun.createdAt);
  expect(rows.map(({ id, createdAt, finishedAt }) => [id, createdAt, finishedAt])).toEqual([
    ["before", "2026-05-01T00:00:00.000Z", "2026-05-01T00:01:00.000Z"],
    ["jumped", "2026-05-01T01:00:00.000Z", "2026-05-01T02:56:59.998Z"],
    ["ahead", "2026-05-01T02:56:59.999Z", "2026-05-01T02:59:59.999Z"],
    ["after", "2026-05-01T03:00:00.000Z", "2026-05-01T03:01:00.000Z"],
  ]);
  const [task] = await db.select().from(syncTask);
  expect([task?.createdAt, task?.updateDate]).toEqual([
    "2026-05-01T02:57:59.999Z",
    "2026-05-01T02:59:30.499Z",
  ]);
  expect((await latestRuns(db)).map(({ id }) => id)).toEqual(["after"]);
  expect(await settleFutureDates(db, latest, now)).toEqual({ runs: 0, artifacts: 0 });
});

test("a sync that has not ended is left to whoever ends it, and to be settled then", async () => {
  await using database = await mixedUp();
  await settleFutureDates(database.db, latest, now);
  expect(await newestWrite(database.db)).toBe("2027-05-01T04:00:00.000Z");
});

test("artifacts count as written now, however many there are, and what is right stays", async () => {
  await using database = await temporaryDatabase();
  const { db } = database;
  const lists = { keyPoints: [], questionsAnswered: [], entities: [], metadata: {} };
  const artifact = (id: string, updateDate: string) => ({
    ...{ id, updateDate, ...lists, integrationArtifactId: id, integration: "Files", account: "a" },
    ...{ kind: "document" as const, title: id, markdown: id, contentHash: id },
    insightState: "offline" as const,
  });
  const dated = (count: number, date: string) =>
    Array.from({ length: count }, (_, index) => artifact(`${date}-${index}`, `${date}T00:00:00.000Z`));
  for (const rows of [dated(600, "2027-01-01"), dated(600, "2028-01-01"), dated(2, "2026-01-01")])
    await db.insert(mdArtifacts).values(rows);
  expect(await settleFutureDates(db, latest, now)).toEqual({ runs: 0, artifacts: 1_200 });
  expect(await newestWrite(db)).toBe("2026-05-02T00:00:00.000Z");
  expect(await db.$count(mdArtifacts, eq(mdArtifacts.updateDate, "2026-01-01T00:00:00.000Z"))).toBe(2);
});
