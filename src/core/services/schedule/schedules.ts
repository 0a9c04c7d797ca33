import {
  listScheduleRows,
  removeScheduleRows,
  type ScheduleFilter,
  type ScheduleRow,
  updateScheduleRow,
  upsertScheduleRow,
} from "@/core/db/queries/schedules";
import type { Db } from "@/core/models/database";
import { NotFoundError } from "@/core/models/errors";
import type { Schedule, ScheduleInput, SchedulePreview, ScheduleTime } from "@/core/models/schedule";
import type { SyncMode } from "@/core/models/sync";
import type { CredentialStore, Registry } from "@/core/services/app";
import { stableId } from "@/lib/hash";
import { nextRunOf } from "./due";
import { nextFullRunAt } from "./next-full-run";
import { nextTimes, parseTimer, summaryOf } from "./timer";

export interface ScheduleTarget {
  /** Upper and lower case are alike. */
  integration: string;
  /** Undefined: the schedule of all accounts that have none of their own. */
  account?: string | undefined;
  /** Undefined: both modes; for `set`, the input's. */
  mode?: SyncMode | undefined;
}

/** When accounts sync by themselves. */
export interface Schedules {
  list: (filter?: { integration?: string | undefined; account?: string | undefined }) => Promise<Schedule[]>;
  /** Makes a schedule, or changes the one of the same target and mode. @throws InputError, NotFoundError */
  set: (target: ScheduleTarget, input: ScheduleInput) => Promise<Schedule>;
  /** @returns how many were removed. @throws NotFoundError when there is none. */
  remove: (target: ScheduleTarget) => Promise<number>;
  /** Keeps the schedules but starts nothing. @throws NotFoundError when there is none. */
  pause: (target: ScheduleTarget, reason?: string) => Promise<Schedule[]>;
  /** Goes on with the next time after now. @throws NotFoundError when there is none. */
  resume: (target: ScheduleTarget) => Promise<Schedule[]>;
  /** What some words or a cron expression mean, without keeping them. @throws InputError */
  preview: (time: ScheduleTime) => SchedulePreview;
}

interface Deps {
  db: Db;
  registry: Registry;
  credentials: Pick<CredentialStore, "list">;
  now?: () => Date;
  random?: () => number;
}

const BY_HAND = "Paused by hand.";
const PREVIEWED = 5;

/** Schedules as HTTP, command line and page see, make and remove them. */
export function createSchedules({ db, registry, credentials, ...clock }: Deps): Schedules {
  const { now = () => new Date(), random = Math.random } = clock;
  const nameOf = (integration: string) => registry.find(integration).config.integration;

  const filterOf = ({ integration, account, mode }: ScheduleTarget): ScheduleFilter => ({
    integration: nameOf(integration),
    account: account ?? "",
    mode,
  });
  const shownAll = (rows: readonly ScheduleRow[]) =>
    Promise.all(rows.map(async (row) => shown(row, await nextFullRunAt({ db, registry, credentials }, row))));
  const found = async (target: ScheduleTarget): Promise<ScheduleRow[]> => {
    const rows = await listScheduleRows(db, filterOf(target));
    if (rows.length === 0) throw noSchedule(target);
    return rows;
  };
  const changeEach = async (
    target: ScheduleTarget,
    change: (row: ScheduleRow) => Pick<ScheduleRow, "enabled" | "nextRunAt" | "pausedReason">,
  ) => {
    for (const row of await found(target)) {
      await updateScheduleRow(db, row.id, { ...change(row), updatedAt: now().toISOString() });
    }
    return shownAll(await found(target));
  };

  return {
    list: async ({ integration, account } = {}) => {
      const name = integration === undefined ? undefined : nameOf(integration);
      return shownAll(await listScheduleRows(db, { integration: name, account }));
    },
    set: async (target, input) => {
      const integration = nameOf(target.integration);
      if (target.account !== undefined) await assertAccount(credentials, integration, target.account);
      const row = rowOf(integration, target.account ?? "", input, now(), random);
      await upsertScheduleRow(db, row);
      const [written = row] = await found({ ...target, mode: input.mode });
      return shown(written, await nextFullRunAt({ db, registry, credentials }, written));
    },
    remove: async (target) => {
      const removed = await removeScheduleRows(db, filterOf(target));
      if (removed === 0) throw noSchedule(target);
      return removed;
    },
    pause: (target, reason = BY_HAND) =>
      changeEach(target, () => ({ enabled: false, nextRunAt: null, pausedReason: reason })),
    resume: (target) => changeEach(target, (row) => goingOn(nextRunOf(row, now(), random))),
    preview: (time) => previewOf(time, now()),
  };
}

const goingOn = (next: Date) => ({ enabled: true, nextRunAt: next.toISOString(), pausedReason: null });

function previewOf(time: ScheduleTime, now: Date): SchedulePreview {
  const timer = parseTimer(time.cron, time.timeZone);
  const { cron, timeZone, summary } = timer;
  return {
    ...{ cron, timeZone, summary },
    next: nextTimes(timer, now, PREVIEWED).map((at) => at.toISOString()),
  };
}

function rowOf(
  integration: string,
  account: string,
  input: ScheduleInput,
  now: Date,
  random: () => number,
): ScheduleRow {
  const { mode, enabled, jitterSeconds } = input;
  const { cron, timeZone } = parseTimer(input.cron, input.timeZone);
  const at = now.toISOString();
  return {
    id: stableId("schedule", integration, account, mode),
    integration,
    account,
    mode,
    cron,
    timeZone,
    enabled,
    jitterSeconds,
    nextRunAt: enabled ? nextRunOf({ cron, timeZone, jitterSeconds }, now, random).toISOString() : null,
    lastRunAt: null,
    pausedReason: enabled ? null : BY_HAND,
    createdAt: at,
    updatedAt: at,
  };
}

function shown(row: ScheduleRow, nextFullRunAt: string | null): Schedule {
  const { integration, account, mode, cron, timeZone, enabled, jitterSeconds, nextRunAt, lastRunAt } = row;
  return {
    integration,
    account: account === "" ? null : account,
    mode,
    cron,
    timeZone,
    summary: summaryOf(cron, timeZone),
    enabled,
    jitterSeconds,
    nextRunAt,
    nextFullRunAt,
    lastRunAt,
    pausedReason: row.pausedReason,
  };
}

async function assertAccount(
  credentials: Pick<CredentialStore, "list">,
  integration: string,
  account: string,
): Promise<void> {
  const stored = (await credentials.list(integration)).map((entry) => entry.account);
  if (stored.includes(account) || (stored.length === 0 && account === "default")) return;
  throw new NotFoundError(`${integration} has no account '${account}'.`, {
    action: `Connected: ${stored.join(", ") || "none"}.`,
  });
}

function noSchedule({ integration, account }: ScheduleTarget): NotFoundError {
  const of = account === undefined ? `${integration} as a whole` : `${integration} ${account}`;
  return new NotFoundError(`There is no schedule of ${of}.`, {
    action: "'stoneturner schedule list' shows those that there are.",
  });
}
