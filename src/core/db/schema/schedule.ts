import type { SyncMode } from "@/core/models/sync";
import { boolean, index, integer, table, text, uniqueIndex } from "@/core/db/table";

/** When an account syncs by itself. */
export const syncSchedule = table(
  "syncSchedule",
  {
    id: text().primaryKey(),
    integration: text().notNull(),
    /** Empty for every account of the integration that has no schedule of its own in this mode. */
    account: text().notNull(),
    /** Five fields, read in `timeZone`. */
    cron: text().notNull(),
    timeZone: text().notNull(),
    mode: text().$type<SyncMode>().notNull(),
    enabled: boolean().notNull(),
    /** A run starts up to this much later than its time, so that not all of them start at once. */
    jitterSeconds: integer().notNull(),
    /** Null while it is not enabled. Moved in the transaction that claims a due run. */
    nextRunAt: text(),
    lastRunAt: text(),
    /** Why it does not run, or did not when it was last due, in plain words. */
    pausedReason: text(),
    createdAt: text().notNull(),
    updatedAt: text().notNull(),
  },
  (t) => [
    uniqueIndex("syncSchedule_account").on(t.integration, t.account, t.mode),
    index("syncSchedule_due").on(t.enabled, t.nextRunAt),
  ],
);
