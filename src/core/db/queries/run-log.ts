import { and, count, desc, eq, inArray, lt, max, min, sql, sum } from "drizzle-orm";
import { syncLogLine, syncRun } from "@/core/db/schema";
import type { Db } from "@/core/models/database";

/** What is kept of one run's log. Older lines give way. */
export interface LogLimits {
  lines: number;
  /** Characters of all lines together. */
  characters: number;
}

export interface LoggedLine {
  runId: string;
  line: string;
}

/** Adds lines to their runs' logs, in order, and drops the oldest beyond `limits`. Lines of runs that are gone are left out. */
export async function appendRunLog(db: Db, lines: readonly LoggedLine[], limits: LogLimits): Promise<void> {
  await db.transaction(async (tx) => {
    const asked = [...new Set(lines.map(({ runId }) => runId))];
    const known = await tx.select({ id: syncRun.id }).from(syncRun).where(inArray(syncRun.id, asked));
    for (const { id } of known) {
      const own = lines.flatMap(({ runId, line }) => (runId === id ? [line] : [])).slice(-limits.lines);
      const [last] = await tx
        .select({ ordinal: max(syncLogLine.ordinal) })
        .from(syncLogLine)
        .where(eq(syncLogLine.runId, id));
      const from = (last?.ordinal ?? 0) + 1;
      await tx
        .insert(syncLogLine)
        .values(own.map((line, index) => ({ runId: id, ordinal: from + index, line })));
      await dropOldest(tx, id, limits);
    }
  });
}

async function dropOldest(tx: Db, runId: string, limits: LogLimits): Promise<void> {
  const ofRun = eq(syncLogLine.runId, runId);
  const size = sql<number>`length(${syncLogLine.line})`;
  const [kept] = await tx
    .select({ lines: count(), characters: sum(size).mapWith(Number) })
    .from(syncLogLine)
    .where(ofRun);
  if ((kept?.lines ?? 0) <= limits.lines && (kept?.characters ?? 0) <= limits.characters) return;
  const rows = await tx
    .select({ ordinal: syncLogLine.ordinal, size })
    .from(syncLogLine)
    .where(ofRun)
    .orderBy(desc(syncLogLine.ordinal));
  let characters = 0;
  const first = rows.findIndex(
    (row, index) => index >= limits.lines || (characters += row.size) > limits.characters,
  );
  const newestToDrop = rows[first]?.ordinal;
  if (newestToDrop === undefined) return;
  await tx.delete(syncLogLine).where(and(ofRun, lt(syncLogLine.ordinal, newestToDrop + 1)));
}

/** The newest `limit` lines of a run, newest first, and how many older ones were dropped in its time. */
export async function readRunLog(
  db: Db,
  runId: string,
  limit: number,
): Promise<{ lines: string[]; dropped: number }> {
  const ofRun = eq(syncLogLine.runId, runId);
  const [oldest] = await db
    .select({ ordinal: min(syncLogLine.ordinal) })
    .from(syncLogLine)
    .where(ofRun);
  const rows = await db
    .select({ line: syncLogLine.line })
    .from(syncLogLine)
    .where(ofRun)
    .orderBy(desc(syncLogLine.ordinal))
    .limit(limit);
  return { lines: rows.map(({ line }) => line), dropped: (oldest?.ordinal ?? 1) - 1 };
}

/** Inside the transaction that removes runs: their logs go with them. */
export async function removeRunLogs(tx: Db, runIds: readonly string[]): Promise<void> {
  await tx.delete(syncLogLine).where(inArray(syncLogLine.runId, [...runIds]));
}
