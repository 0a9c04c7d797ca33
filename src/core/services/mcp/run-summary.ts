import { z } from "zod";
import { runStates, syncModes, type SyncRun } from "@/core/models/sync";

/** One sync as agents see it: fewer fields than people get, since each one costs context. */
export const runSummarySchema = z.object({
  runId: z.string(),
  integration: z.string(),
  account: z.string(),
  mode: z.enum(syncModes),
  state: z.enum(runStates),
  stage: z.string().nullable(),
  counts: z.record(z.string(), z.number()),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  parkedUntil: z.string().nullable(),
  error: z.string().nullable(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

/** A run as agents are told of it. */
export function summariseRun(run: SyncRun): RunSummary {
  const { seen, inserted, updated, unchanged, deleted, skipped, failed } = run;
  const { integration, account, mode, state, stage, startedAt, finishedAt, parkedUntil, error } = run;
  const counts = { seen, inserted, updated, unchanged, deleted, skipped, failed };
  return {
    runId: run.id,
    integration,
    account,
    mode,
    state,
    stage,
    counts,
    startedAt,
    finishedAt,
    parkedUntil,
    error: error === null ? null : error.slice(0, 1_000),
  };
}
