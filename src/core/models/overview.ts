/** What the overview page shows: how much there is, how it grew, what waits and what failed. */
import { z } from "zod";
import { syncTaskSchema } from "./sync";

/** What syncs did on one day (UTC). `total` is what was served at its end. */
export const overviewDaySchema = z.object({
  day: z.string(),
  inserted: z.number().int(),
  updated: z.number().int(),
  deleted: z.number().int(),
  failed: z.number().int(),
  total: z.number().int(),
});
export type OverviewDay = z.infer<typeof overviewDaySchema>;

export const overviewSchema = z.object({
  /** Served artifacts, those that wait for the index, and passages that search looks at. */
  artifacts: z.number().int(),
  waiting: z.number().int(),
  passages: z.number().int(),
  /** Artifacts by shape. */
  kinds: z.array(z.object({ kind: z.string(), count: z.number().int() })),
  /** The last 30 days, oldest first. */
  days: z.array(overviewDaySchema),
  queue: z.object({
    running: z.number().int(),
    queued: z.number().int(),
    parked: z.number().int(),
    interrupted: z.number().int(),
    /** Artifacts whose insights have not been made yet. */
    insights: z.number().int(),
    /** Items that could not be read and are tried again. */
    failedItems: z.number().int(),
  }),
  bytes: z.object({ database: z.number(), log: z.number(), diskFree: z.number() }),
  /** The newest failures. */
  failures: z.array(syncTaskSchema),
  /** Names that most artifacts mention, with how many do, over all sources. */
  entities: z.array(
    z.object({ entity: z.string(), count: z.number().int(), integrations: z.array(z.string()) }),
  ),
});
export type Overview = z.infer<typeof overviewSchema>;
