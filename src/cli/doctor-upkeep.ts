import { statSync } from "node:fs";
import { searchProblems } from "@/core/db/queries/search-health";
import type { Schedule } from "@/core/models/schedule";
import type { App } from "@/core/services/app";
import type { Finding } from "./doctor-finding";
import { runningServer } from "./server-file";
import { count } from "./text";

/** A log this long is read by every search; it is usually written back after a few megabytes. */
const LONGEST_LOG_MB = 256;
/** A due schedule is started within seconds. */
const OVERDUE_MS = 10 * 60_000;

/** Looks at what should keep itself in order: search tables, the write-ahead log, schedules. */
export async function checkUpkeep(app: App, now: Date = new Date()): Promise<Finding[]> {
  return [await checkSearch(app), checkLog(app.config.databasePath), ...(await checkSchedules(app, now))];
}

async function checkSearch({ db }: Pick<App, "db">): Promise<Finding> {
  const problems = await searchProblems(db);
  if (problems.length === 0) return { check: "search", message: "The search tables fit the artifacts." };
  return {
    check: "search",
    message: `The search tables do not fit the artifacts: ${problems.join("; ")}.`,
    fix: "Read everything again: stoneturner sync --full. If it stays, restore a backup: stoneturner restore FILE",
  };
}

function checkLog(databasePath: string): Finding {
  const bytes = statSync(`${databasePath}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  const megabytes = Math.ceil(bytes / 1_000_000);
  const message = `The write-ahead log has ${count(megabytes, "megabyte")}.`;
  if (megabytes <= LONGEST_LOG_MB) return { check: "log", message };
  return {
    check: "log",
    message,
    fix: "Something reads for so long that it cannot be written back: stop all commands and restart the server.",
  };
}

async function checkSchedules({ schedules, config }: App, now: Date): Promise<Finding[]> {
  const all = await schedules.list();
  const enabled = all.filter((schedule) => schedule.enabled);
  if (enabled.length > 0 && !config.schedulesEnabled) {
    const message = `CRON_ENABLED is false, so ${count(enabled.length, "schedule")} never runs.`;
    return [{ check: "schedules", message, fix: "Unset CRON_ENABLED, or pause the schedules." }];
  }
  const overdue = enabled.filter(
    ({ nextRunAt }) => nextRunAt !== null && Date.parse(nextRunAt) < now.getTime() - OVERDUE_MS,
  );
  const held = enabled.filter(({ pausedReason }) => pausedReason !== null);
  const isServed = runningServer(config) !== undefined;
  const wrong = [
    ...overdue.map((schedule) => ({
      check: "schedules",
      message: `The schedule of ${nameOf(schedule)} should have run at ${schedule.nextRunAt ?? ""}.`,
      fix: isServed ? "Restart the server." : "Schedules run while the server does: stoneturner serve",
    })),
    ...held.map((schedule) => ({
      check: "schedules",
      message: `The schedule of ${nameOf(schedule)} could not run: ${schedule.pausedReason ?? ""}`,
      fix: "Mend what it names, or pause the schedule: stoneturner schedule pause",
    })),
  ];
  return wrong.length > 0
    ? wrong
    : [{ check: "schedules", message: `${count(enabled.length, "schedule")}, and none is late.` }];
}

const nameOf = ({ integration, account }: Schedule) =>
  account === null ? integration : `${integration} ${account}`;
