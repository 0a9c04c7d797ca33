import { listScheduleRows, type ScheduleRow } from "@/core/db/queries/schedules";
import type { Db } from "@/core/models/database";
import type { CredentialStore, Registry } from "@/core/services/app";
import { fullSyncDueAt } from "./regular-full";
import { parseTimer } from "./timer";

interface Deps {
  db: Db;
  registry: Registry;
  credentials: Pick<CredentialStore, "list">;
}

/**
 * The first run of a schedule that reads everything: each of a schedule of full syncs; otherwise the first after a
 * regular full sync of one of its accounts is due. Null when none comes by itself. ISO-8601 UTC.
 */
export async function nextFullRunAt(deps: Deps, row: ScheduleRow): Promise<string | null> {
  const { nextRunAt, mode } = row;
  if (nextRunAt === null || mode === "full") return nextRunAt;
  const { config } = deps.registry.find(row.integration);
  if (config.fullSyncAt === undefined) return null;
  const dues = await Promise.all(
    (await accountsOf(deps, row)).map((account) => fullSyncDueAt(deps.db, config, account)),
  );
  const first = Math.min(...dues.map((due) => due?.getTime() ?? Infinity));
  if (!Number.isFinite(first)) return null;
  if (first <= Date.parse(nextRunAt)) return nextRunAt;
  return parseTimer(row.cron, row.timeZone)
    .next(new Date(first - 1))
    .toISOString();
}

/** The accounts that this schedule syncs; a source without any syncs as "default". */
async function accountsOf({ db, credentials }: Deps, row: ScheduleRow): Promise<string[]> {
  if (row.account !== "") return [row.account];
  const stored = (await credentials.list(row.integration)).map(({ account }) => account);
  const own = await listScheduleRows(db, { integration: row.integration, mode: row.mode });
  const shared = stored.filter((account) => !own.some((other) => other.account === account));
  return stored.length === 0 ? ["default"] : shared;
}
