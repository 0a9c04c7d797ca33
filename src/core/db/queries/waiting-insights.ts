import type { Db, SqlRow } from "@/core/models/database";

/** Rows that a statement looks at, at most: some milliseconds. */
const WINDOW = 500;
const PAGE = 1_000;

/** Where the walk over waiting artifacts stands. */
export interface QueuePosition {
  date: string;
  id: string;
}

/**
 * Live artifacts with offline insights of their current version, newest first, after a position and without the
 * integrations left out: up to `limit` of them. There may be very many, and no index has them in this order, so all are
 * looked at, a window at a time: others get their turn in between.
 */
export async function waitingForModel(
  db: Db,
  after: QueuePosition | undefined,
  withoutIntegrations: readonly string[],
  { window = WINDOW, limit = PAGE } = {},
): Promise<QueuePosition[]> {
  let newest: QueuePosition[] = [];
  for (let lastRow = -1; ;) {
    const rows = await windowOf(db, lastRow, withoutIntegrations, window);
    for (const { date, id, waits } of rows) {
      const one = { date: String(date), id: String(id) };
      if (waits === 1 && (after === undefined || inOrder(after, one) < 0)) newest.push(one);
    }
    if (newest.length > 2 * limit) newest = newest.toSorted(inOrder).slice(0, limit);
    const last = rows.at(-1);
    if (last === undefined || rows.length < window) break;
    lastRow = Number(last["row"]);
    await new Promise(setImmediate);
  }
  return newest.toSorted(inOrder).slice(0, limit);
}

/** In the order of rows, as the index has them. What is left out costs no look behind the long texts. */
function windowOf(db: Db, lastRow: number, without: readonly string[], size: number): Promise<SqlRow[]> {
  const isLeftOut = without.length === 0 ? "0" : `integration IN (${without.map(() => "?").join(", ")})`;
  return db.raw.all(
    `SELECT rowid AS "row", id, coalesce(artifactDate, updateDate) AS date,
            CASE WHEN ${isLeftOut} THEN 0 ELSE insightHash = contentHash END AS waits
     FROM mdArtifacts WHERE insightState = 'offline' AND deletedAt IS NULL AND rowid > ? ORDER BY rowid LIMIT ?`,
    [...without, lastRow, size],
  );
}

function inOrder(a: QueuePosition, b: QueuePosition): number {
  if (a.date !== b.date) return a.date > b.date ? -1 : 1;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}
