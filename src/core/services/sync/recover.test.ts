import { expect, test } from "bun:test";
import { syncRun } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { temporaryDatabase } from "@test/database";
import { insertArtifact } from "@test/insight-artifacts";
import { claimRun } from "./claim";
import { leaseOwner } from "./lease";
import { abandonedRuns, dueRuns, waitingIntegrations } from "./recover";

const done = { insightHash: "h", indexedHash: "h" };

test("what an earlier process left waiting is found, whatever it waits for, and nothing else", async () => {
  await using database = await temporaryDatabase();
  const { db } = database;
  await insertArtifact(db, { id: "done", integration: "finished", ...done });
  await insertArtifact(db, { id: "gone", integration: "emptied", deletedAt: "2026-01-01T00:00:00.000Z" });
  await insertArtifact(db, { id: "index", integration: "notes", ...done, indexedHash: null });
  await insertArtifact(db, { id: "insights", integration: "chat", ...done, insightHash: null });
  await insertArtifact(db, { id: "both", integration: "chat" });
  expect((await waitingIntegrations(db)).toSorted()).toEqual(["chat", "notes"]);
});

test("a parked run is due when its time has come, or when the clock that parked it was a day ahead", async () => {
  await using database = await temporaryDatabase();
  const { db } = database;
  const request = { integration: "Shelf", account: "a", mode: "full", trigger: "manual" } as const;
  const { runId } = await claimRun(db, { ...request, confirmDeletions: false }, leaseOwner());
  await db.update(syncRun).set({
    state: "parked",
    heartbeatAt: "2026-05-01T12:00:00.000Z",
    parkedUntil: "2026-05-01T13:00:00.000Z",
  });
  const dueAt = async (time: string) => (await dueRuns(db, new Date(time))).map(({ id }) => id);
  expect(await dueAt("2026-05-01T12:30:00Z")).toEqual([]);
  expect(await dueAt("2026-05-01T13:00:00Z")).toEqual([runId]);
  expect(await dueAt("2026-04-30T12:30:00Z")).toEqual([runId]);
  // Paused by a person: without a time, whatever the clock says.
  await db.update(syncRun).set({ parkedUntil: null });
  expect(await dueAt("2026-04-30T12:30:00Z")).toEqual([]);
});

test("a run that another process takes over at the same moment stays with that one", async () => {
  await using database = await temporaryDatabase();
  const { db } = database;
  const request = { integration: "Shelf", account: "a", mode: "full", trigger: "manual" } as const;
  const asked = { ...request, confirmDeletions: false };
  const { runId } = await claimRun(db, asked, "elsewhere:1:gone");
  await db.update(syncRun).set({ heartbeatAt: "2026-05-01T12:00:00.000Z" });
  // Between the look and what is done about it.
  const transaction: Db["transaction"] = async (body) => {
    await claimRun(db, asked, "elsewhere:2:quicker");
    return db.transaction(body);
  };
  const late: Db = Object.assign(Object.create(db), { transaction });
  expect(await abandonedRuns(late, leaseOwner(), () => false)).toEqual([]);
  expect(await db.select().from(syncRun)).toMatchObject([
    { id: runId, state: "running", leaseOwner: "elsewhere:2:quicker" },
  ]);
});
