/**
 * What all syncs of each source came to, since the beginning: the rows that are there, and a tally of those that
 * were cleared away. So these numbers never fall.
 */
import { count, eq, isNotNull, max, sum } from "drizzle-orm";
import { z } from "zod";
import { readSetting, saveSetting } from "./settings";
import { syncRun } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { noCounts, type RunCounts, type RunState, runCountsSchema } from "@/core/models/sync";

const KEY = "retention.totals";

const totalsSchema = z.record(
  z.string(),
  z.object({ outcomes: z.record(z.string(), z.number()), items: runCountsSchema }),
);
/** By integration: runs by the state they ended in, and what they did to items. */
export type RunTotals = z.infer<typeof totalsSchema>;

type Row = { integration: string; state: RunState; runs: number } & RunCounts;

function add(totals: RunTotals, row: Row): void {
  const source = (totals[row.integration] ??= { outcomes: {}, items: { ...noCounts } });
  source.outcomes[row.state] = (source.outcomes[row.state] ?? 0) + row.runs;
  for (const name of runCountsSchema.keyof().options) source.items[name] += row[name];
}

/** Totals of every integration that ever synced. Runs under way count under the state they are in. */
export async function runTotals(db: Db): Promise<RunTotals> {
  const total = (column: Parameters<typeof sum>[0]) => sum(column).mapWith(Number);
  const rows = await db
    .select({
      integration: syncRun.integration,
      state: syncRun.state,
      runs: count(),
      seen: total(syncRun.seen),
      inserted: total(syncRun.inserted),
      updated: total(syncRun.updated),
      unchanged: total(syncRun.unchanged),
      deleted: total(syncRun.deleted),
      skipped: total(syncRun.skipped),
      failed: total(syncRun.failed),
    })
    .from(syncRun)
    .groupBy(syncRun.integration, syncRun.state);
  const totals = await clearedTotals(db);
  for (const row of rows) add(totals, row);
  return totals;
}

/** Inside the transaction that clears runs away: keeps them in the totals. */
export async function tallyCleared(
  tx: Db,
  runs: readonly ({ integration: string; state: RunState } & RunCounts)[],
): Promise<void> {
  const value = await clearedTotals(tx);
  for (const run of runs) add(value, { ...run, runs: 1 });
  await saveSetting(tx, KEY, value);
}

async function clearedTotals(db: Db): Promise<RunTotals> {
  return totalsSchema.safeParse(await readSetting(db, KEY)).data ?? {};
}

/** When each integration last synced to the end, ISO-8601. */
export async function lastSuccesses(db: Db): Promise<Map<string, string>> {
  const rows = await db
    .select({ integration: syncRun.integration, at: max(syncRun.finishedAt) })
    .from(syncRun)
    .where(eq(syncRun.state, "succeeded"))
    .groupBy(syncRun.integration)
    .having(isNotNull(max(syncRun.finishedAt)));
  return new Map(rows.flatMap((row) => (row.at === null ? [] : [[row.integration, row.at]])));
}
