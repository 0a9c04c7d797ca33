import { upsertSyncTask } from "@/core/db/queries/tasks";
import type { Db } from "@/core/models/database";
import type { SyncContext } from "@/core/models/integration";
import type { Logger } from "@/core/models/logger";
import { distilTogether } from "@/core/services/index/distil-together";
import { indexVectorDbStep } from "@/core/services/index-vector-db-step";
import { parseStep } from "@/core/services/insights/parse-step";
import { stableId } from "@/lib/hash";
import { at } from "./failpoint";

/**
 * Gives insights to, and indexes, every artifact of this account that waits for it. Their failures are rows of their
 * own and never undo or stop the sync: what is stored is stored, and waits for the next attempt.
 */
export async function distil(db: Db, context: SyncContext): Promise<void> {
  await together(db, context);
  await separately(db, context);
}

/**
 * The same, but for what could not be done in one pass before: only when something else joins these do the slower
 * separate steps look at it.
 *
 * @param leftOver ids that earlier passes could not do; those of this pass are added.
 * @param done called with how many artifacts the pass has just finished with.
 */
export async function distilNew(
  db: Db,
  context: SyncContext,
  leftOver: Set<string>,
  done: (artifacts: number) => void,
): Promise<void> {
  const fresh = (await together(db, context, done)).filter((id) => !leftOver.has(id));
  for (const id of fresh) leftOver.add(id);
  if (fresh.length > 0) await separately(db, context);
}

/** @returns ids of what the pass had to leave. */
async function together(db: Db, context: SyncContext, done?: (artifacts: number) => void): Promise<string[]> {
  const { account, signal, integration } = context;
  await at(context, "insights about to be written");
  return (await distilTogether(db, { integration, account }, signal, { done })).left;
}

async function separately(db: Db, context: SyncContext): Promise<void> {
  const { account, log, signal, integration } = context;
  const parsed = await parseStep(integration, db, { account, log, signal });
  await note(db, context, "parse", parsed.failed, "artifacts got no key points, questions and entities");
  await at(context, "index about to be written");
  const indexed = await indexVectorDbStep(integration, db, { account, log, signal });
  await note(db, context, "index-vector", indexed.failed, "artifacts could not be indexed");
}

async function note(db: Db, context: SyncContext, step: string, failed: number, what: string): Promise<void> {
  if (failed === 0) return;
  await upsertSyncTask(db, {
    id: stableId(step, context.runId),
    runId: context.runId,
    integration: context.integration,
    account: context.account,
    step,
    status: "FAILED",
    counts: { failed },
    error: `${failed} ${what}. They wait and are tried again with the next sync.`,
  });
}

/** The same for all accounts of an integration, outside any sync: what an earlier process left waiting. */
export async function distilWaiting(
  db: Db,
  integration: string,
  log: Logger,
  signal: AbortSignal,
): Promise<void> {
  const { written } = await distilTogether(db, { integration }, signal);
  const parsed = await parseStep(integration, db, { log, signal });
  const indexed = await indexVectorDbStep(integration, db, { log, signal });
  log.info("Caught up with what was waiting.", {
    integration,
    parsed: written + parsed.parsed,
    indexed: written + indexed.indexed,
  });
}
