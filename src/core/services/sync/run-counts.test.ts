import { expect, test } from "bun:test";
import { syncRun } from "@/core/db/schema";
import { temporaryDatabase } from "@test/database";
import { claimRun } from "./claim";
import { leaseOwner } from "./lease";
import { addToRun, type PageCounts, restartCounts } from "./run-counts";

async function runOf(database: Awaited<ReturnType<typeof temporaryDatabase>>) {
  const { db } = database;
  const request = { integration: "Shelf", account: "a", mode: "full", trigger: "manual" } as const;
  const { runId } = await claimRun(db, { ...request, confirmDeletions: false }, leaseOwner());
  const counted = async (counts: Partial<PageCounts>) => {
    await addToRun(db, runId, counts);
    const [row] = await db.select({ seen: syncRun.seen, expected: syncRun.expected }).from(syncRun);
    return [row?.seen, row?.expected];
  };
  return { runId, counted };
}

test("a run counts no more than it expects: after a resume, over windows, over streams", async () => {
  await using database = await temporaryDatabase();
  const { counted } = await runOf(database);
  expect(await counted({ seen: 50, expected: 100 })).toEqual([50, 100]);
  expect(await counted({ seen: 20 })).toEqual([70, 100]);
  // It goes on after a kill, and is told the same pages again.
  expect(await counted({ seen: 50, expected: 100 })).toEqual([120, 120]);
  expect(await counted({ seen: 5 })).toEqual([125, 125]);
  expect(await counted({ seen: 10, expected: 40 })).toEqual([135, 135]);
});

test("what a source does not say stays unknown, and a listing that starts over counts anew", async () => {
  await using database = await temporaryDatabase();
  const { runId, counted } = await runOf(database);
  expect(await counted({ seen: 50 })).toEqual([50, null]);
  expect(await counted({ seen: 10, expected: 200 })).toEqual([60, 200]);
  await restartCounts(database.db, runId);
  expect(await counted({ seen: 10, expected: 200 })).toEqual([10, 200]);
});
