import { and, desc, eq, inArray, like, or, sql, type SQL } from "drizzle-orm";
import type { Db } from "@/core/models/database";
import type { RunState, SyncRun } from "@/core/models/sync";
import { setting, syncRun } from "@/core/db/schema";

const columns = {
  id: syncRun.id,
  integration: syncRun.integration,
  account: syncRun.account,
  mode: syncRun.mode,
  trigger: syncRun.trigger,
  state: syncRun.state,
  stage: syncRun.stage,
  expected: syncRun.expected,
  seen: syncRun.seen,
  inserted: syncRun.inserted,
  updated: syncRun.updated,
  unchanged: syncRun.unchanged,
  deleted: syncRun.deleted,
  skipped: syncRun.skipped,
  failed: syncRun.failed,
  resumes: syncRun.resumes,
  parkedUntil: syncRun.parkedUntil,
  createdAt: syncRun.createdAt,
  startedAt: syncRun.startedAt,
  finishedAt: syncRun.finishedAt,
  error: syncRun.error,
  cause: syncRun.cause,
};

/** A run by its id; undefined where there is none, or no longer. */
export async function findRun(db: Db, id: string): Promise<SyncRun | undefined> {
  const [row] = await db.select(columns).from(syncRun).where(eq(syncRun.id, id));
  return row;
}

/** Runs by newest first, optionally of one integration, one account or some states. */
export function listRuns(
  db: Db,
  filter: {
    integration?: string | undefined;
    account?: string | undefined;
    states?: readonly RunState[] | undefined;
    limit?: number | undefined;
    offset?: number | undefined;
  } = {},
): Promise<SyncRun[]> {
  const conditions: SQL[] = [];
  if (filter.integration !== undefined) conditions.push(eq(syncRun.integration, filter.integration));
  if (filter.account !== undefined) conditions.push(eq(syncRun.account, filter.account));
  if (filter.states !== undefined) conditions.push(inArray(syncRun.state, [...filter.states]));
  return db
    .select(columns)
    .from(syncRun)
    .where(and(...conditions))
    .orderBy(desc(syncRun.createdAt), desc(syncRun.id))
    .limit(filter.limit ?? 50)
    .offset(filter.offset ?? 0);
}

/** Under which the removals of an account that wait for a person are remembered, with a key of the account behind it. */
export const HELD_REMOVALS = "heldRemovals.";

/** Ids of the runs whose removals wait. */
function runsThatHold(db: Db) {
  const runId = sql<string>`json_extract(${setting.value}, '$.runId')`;
  return db
    .select({ runId })
    .from(setting)
    .where(like(setting.key, `${HELD_REMOVALS}%`));
}

/**
 * The newest run of each account, of one integration or of all, and the one whose removals wait for a person, also where
 * later ones looked for none.
 */
export function latestRuns(db: Db, integration?: string): Promise<SyncRun[]> {
  const newest = sql`${syncRun.id} = (
    SELECT latest."id" FROM "syncRun" AS latest
    WHERE latest."integration" = ${syncRun.integration} AND latest."account" = ${syncRun.account}
    ORDER BY latest."createdAt" DESC, latest."id" DESC LIMIT 1)`;
  const shown = or(newest, inArray(syncRun.id, runsThatHold(db)));
  return db
    .select(columns)
    .from(syncRun)
    .where(integration === undefined ? shown : and(shown, eq(syncRun.integration, integration)))
    .orderBy(syncRun.integration, syncRun.account);
}
