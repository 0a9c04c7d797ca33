import { z } from "zod";

export const syncModes = ["full", "incremental"] as const;
/** `full` reads everything and may find deletions; `incremental` reads what changed since the last run. */
export type SyncMode = (typeof syncModes)[number];

export const syncTriggers = ["manual", "schedule", "start", "mcp", "cli", "watch"] as const;
export type SyncTrigger = (typeof syncTriggers)[number];

export const runStates = [
  "queued",
  "running",
  "succeeded",
  "failed",
  "interrupted",
  "cancelled",
  "parked",
] as const;
export type RunState = (typeof runStates)[number];

/** States in which a run holds its account, or will want it again without being asked. */
export const activeStates: readonly RunState[] = ["queued", "running"];

/** Whether a run still does something or will at once. */
export function isActive({ state }: { state: RunState }): boolean {
  return activeStates.includes(state);
}

/** Why a run stopped, where something particular follows from it. */
export const runCauseSchema = z
  .object({
    kind: z.literal("mass-deletion"),
    missing: z.number().int().describe("Items that the source no longer lists"),
    of: z.number().int().describe("Items that were there"),
    reconnected: z
      .boolean()
      .optional()
      .describe("The account was connected anew, so both may be wanted: POST …/keepBoth makes two of it"),
  })
  .describe("Nothing was removed: a sync with confirmDeletions does it");
export type RunCause = z.infer<typeof runCauseSchema>;

export const taskStatuses = ["PENDING", "SUCCESS", "FAILED"] as const;
export type TaskStatus = (typeof taskStatuses)[number];

/**
 * What became of an item: `live` is served; `skipped` was left out on purpose; `failed` could not be read and is
 * tried again; `pending` exists but is not ready; `gone` and `hidden` are not served.
 */
export type ItemState = "live" | "skipped" | "failed" | "pending" | "gone" | "hidden";

/** Counts of one run. `seen` are the items that the listing met. */
export const runCountsSchema = z.object({
  seen: z.number().int(),
  inserted: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  deleted: z.number().int(),
  skipped: z.number().int(),
  failed: z.number().int(),
});
export type RunCounts = z.infer<typeof runCountsSchema>;
export const noCounts: Readonly<RunCounts> = {
  seen: 0,
  inserted: 0,
  updated: 0,
  unchanged: 0,
  deleted: 0,
  skipped: 0,
  failed: 0,
};

/** One sync as HTTP, MCP, CLI and the web page show it. */
export const syncRunSchema = runCountsSchema.extend({
  id: z.string(),
  integration: z.string(),
  account: z.string(),
  mode: z.enum(syncModes),
  trigger: z.enum(syncTriggers),
  state: z.enum(runStates),
  stage: z.string().nullable(),
  expected: z.number().int().nullable(),
  resumes: z.number().int(),
  parkedUntil: z.string().nullable(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  error: z.string().nullable(),
  cause: runCauseSchema.nullable(),
});
export type SyncRun = z.infer<typeof syncRunSchema>;

/** One step, page or failed item, as the contract's `syncTask` rows. */
export const syncTaskSchema = z.object({
  id: z.string(),
  runId: z.string().nullable(),
  integration: z.string(),
  account: z.string(),
  step: z.string(),
  status: z.enum(taskStatuses),
  inputs: z.record(z.string(), z.unknown()),
  counts: z.record(z.string(), z.number()),
  error: z.string().nullable(),
  retries: z.number().int(),
  createdAt: z.string(),
  updateDate: z.string(),
});
export type SyncTask = z.infer<typeof syncTaskSchema>;
