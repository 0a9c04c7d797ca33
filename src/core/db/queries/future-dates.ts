/** Times that a clock wrote which was ahead, brought back once it is right. */
import { z } from "zod";
import type { Db, SqlNow } from "@/core/models/database";
import { isoNow } from "@/lib/time";

const ARTIFACTS_AT_ONCE = 500;

const runSchema = z.object({
  row: z.number(),
  id: z.string(),
  integration: z.string(),
  account: z.string(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  heartbeatAt: z.string().nullable(),
});
type RunTimes = z.infer<typeof runSchema>;

/**
 * Dates what was written later than `latest` as if the clock had been right. Syncs that have ended keep their order, which
 * says how each account stands, and how long they took; artifacts count as written now. Times that are meant to come (waits,
 * next runs, ends of logins) and the audit log stay as they are. Safe to repeat, to stop, and beside a server.
 */
export async function settleFutureDates(
  db: Db,
  latest: string,
  now: Date = new Date(),
): Promise<{ runs: number; artifacts: number }> {
  const rows = await db.raw.all(
    `SELECT rowid AS "row", id, integration, account, createdAt, startedAt, finishedAt, heartbeatAt FROM syncRun
     WHERE state IN ('succeeded', 'failed', 'cancelled') AND (createdAt > ? OR finishedAt > ?) ORDER BY rowid DESC`,
    [latest, latest],
  );
  const runs = z.array(runSchema).parse(rows);
  // The last one first: the one before it ends where it begins.
  for (const run of runs) await db.raw.together((sql) => settleRun(sql, run, latest, now));
  const alone = [isoNow(now), latest];
  await db.raw.run("UPDATE syncTask SET updateDate = ? WHERE updateDate > ?", alone);
  await db.raw.run("UPDATE syncTask SET createdAt = updateDate WHERE createdAt > updateDate");
  return { runs: runs.length, artifacts: await settleArtifacts(db, latest, now) };
}

function settleRun(sql: SqlNow, run: RunTimes, latest: string, now: Date): void {
  const { id, row, integration, account, createdAt, startedAt, finishedAt, heartbeatAt } = run;
  const [next] = sql.all(
    `SELECT createdAt FROM syncRun WHERE integration = ? AND account = ? AND rowid > ? AND createdAt <= ?
     ORDER BY rowid LIMIT 1`,
    [integration, account, row, latest],
  );
  const end = next === undefined ? now.getTime() : Date.parse(String(next["createdAt"])) - 1;
  const times = [createdAt, startedAt, finishedAt, heartbeatAt].flatMap((time) => time ?? []);
  const ahead = Math.max(...times.map((time) => Date.parse(time))) - end;
  const back = (time: string | null) =>
    time === null || time <= latest ? time : isoNow(new Date(Date.parse(time) - ahead));
  sql.run("UPDATE syncRun SET createdAt = ?, startedAt = ?, finishedAt = ?, heartbeatAt = ? WHERE id = ?", [
    back(createdAt),
    back(startedAt),
    back(finishedAt),
    back(heartbeatAt),
    id,
  ]);
  for (const column of ["createdAt", "updateDate"]) {
    sql.run(
      `UPDATE syncTask SET ${column} = strftime('%Y-%m-%dT%H:%M:%fZ', ${column}, ?) WHERE runId = ? AND ${column} > ?`,
      [`-${(ahead / 1000).toFixed(3)} seconds`, id, latest],
    );
  }
}

async function settleArtifacts(db: Db, latest: string, now: Date): Promise<number> {
  let settled = 0;
  for (;;) {
    const { changes } = await db.raw.run(
      `UPDATE mdArtifacts SET updateDate = ? WHERE id IN
         (SELECT id FROM mdArtifacts WHERE updateDate > ? ORDER BY updateDate LIMIT ${ARTIFACTS_AT_ONCE})`,
      [isoNow(now), latest],
    );
    settled += changes;
    if (changes < ARTIFACTS_AT_ONCE) return settled;
  }
}
