import type { Config } from "@/core/config";
import type { Db } from "@/core/models/database";
import { ConfigError, InputError } from "@/core/models/errors";
import type { Logger } from "@/core/models/logger";
import type { SyncRunner } from "@/core/services/app";
import { clearHistory } from "@/core/services/retention/clear-history";
import type { Job } from "./jobs";
import { parseTimer, type Timer } from "./timer";

interface Deps {
  db: Db;
  log: Logger;
  runner: Pick<SyncRunner, "retryFailed">;
  config: Pick<Config, "retryFailedAt" | "history">;
}

/** When a night is at its quietest. */
const CLEAR_AT = "daily at 04:10";

/**
 * What the installation does by itself: clears old history away once a day and, where configured, tries again what
 * failed.
 *
 * @throws ConfigError when CRON_RETRY_FAILED is no time of a schedule.
 */
export function housekeepingJobs({ db, log, runner, config }: Deps): Job[] {
  const clear: Job = {
    name: "clear-history",
    does: "Clears away old syncs with their tasks and logs. Artifacts stay.",
    timer: parseTimer(CLEAR_AT),
    run: async (signal) => {
      const cleared = await clearHistory(db, config.history, new Date(), signal);
      if (cleared.runs + cleared.tasks > 0) log.info("Old history was cleared away.", { ...cleared });
    },
  };
  if (config.retryFailedAt === undefined) return [clear];
  const retry: Job = {
    name: "retry-failed",
    does: "Tries again what failed, of every source.",
    timer: configuredTimer(config.retryFailedAt),
    run: async () => {
      const started = await runner.retryFailed({});
      if (started.length > 0) log.info("What failed is tried again.", { syncs: started.length });
    },
  };
  return [clear, retry];
}

function configuredTimer(text: string): Timer {
  try {
    return parseTimer(text);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const action = error.action === undefined ? {} : { action: error.action };
    throw new ConfigError("CRON_RETRY_FAILED is no time of a schedule.", { ...action, cause: error });
  }
}
