import { forgetSeen, readCheckpoint, type StreamKey, writeCheckpoint } from "@/core/db/queries/sync-state";
import { upsertSyncTask } from "@/core/db/queries/tasks";
import type { JsonValue } from "@/core/models/artifact";
import type { Db } from "@/core/models/database";
import { messageOf, PermanentError } from "@/core/models/errors";
import type { SyncContext } from "@/core/models/integration";
import type { RunCounts } from "@/core/models/sync";
import { stableId } from "@/lib/hash";
import { applyPage } from "./apply-page";
import { distil } from "./distil";
import { restartCounts } from "./run-counts";
import { setStage } from "./stage";
import type { Stream } from "./stream";
import { sweep } from "./sweep";

/** A listing left off longer ago than this starts over: too much may have changed behind its cursor. */
const RESUME_WITHIN_MS = 3_600_000;
/** Items after which the share of failures is judged. */
const JUDGED_AFTER = 100;

/**
 * Reads one stream to its end: page by page from where it stands, then takes out what a complete listing did not
 * meet. Its `syncTask` row tells how it went.
 */
export async function runStream<Item>(db: Db, context: SyncContext, stream: Stream<Item>): Promise<void> {
  const key: StreamKey = { integration: context.integration, account: context.account, stream: stream.name };
  const start = await startingPoint(db, context, stream, key);
  if (start === "done") return;
  const task = {
    id: stableId("stream", context.runId, stream.name),
    runId: context.runId,
    integration: context.integration,
    account: context.account,
    step: "sync-data",
    inputs: { stream: stream.name, mode: context.mode, cursor: start.cursor },
  };
  const totals: RunCounts = {
    seen: 0,
    inserted: 0,
    updated: 0,
    unchanged: 0,
    deleted: 0,
    skipped: 0,
    failed: 0,
  };
  await upsertSyncTask(db, { ...task, status: "PENDING" });
  try {
    const incomplete = await readPages(db, context, stream, start.cursor, totals);
    if (stream.enumerates.includes(context.mode)) {
      if (incomplete === undefined) {
        await setStage(db, context.runId, "removing what is gone");
        totals.deleted += await sweep(db, context, stream, context.confirmDeletions);
      } else {
        await forgetSeen(db, context.runId, stream.name);
      }
    }
    await finishCheckpoint(db, context, key);
    await upsertSyncTask(db, {
      ...task,
      status: incomplete === undefined ? "SUCCESS" : "FAILED",
      counts: { ...totals },
      error: incomplete === undefined ? null : `${incomplete} Nothing was taken for deleted in this sync.`,
    });
  } catch (error) {
    const status = context.signal.aborted ? "PENDING" : "FAILED";
    await upsertSyncTask(db, { ...task, status, counts: { ...totals }, error: messageOf(error) });
    throw error;
  }
}

async function startingPoint<Item>(
  db: Db,
  context: SyncContext,
  stream: Stream<Item>,
  key: StreamKey,
): Promise<{ cursor: JsonValue | null } | "done"> {
  const checkpoint = await readCheckpoint(db, key, context.mode);
  const enumerates = stream.enumerates.includes(context.mode);
  if (checkpoint === undefined) return { cursor: null };
  if (checkpoint.runId === context.runId) {
    if (checkpoint.done) return "done";
    const fresh = Date.now() - Date.parse(checkpoint.updatedAt) < RESUME_WITHIN_MS;
    if (!enumerates || (fresh && stream.resume !== "restart")) return { cursor: checkpoint.cursor };
    await forgetSeen(db, context.runId, stream.name);
    await restartCounts(db, context.runId);
    return { cursor: null };
  }
  return { cursor: enumerates ? null : checkpoint.cursor };
}

/** @returns why the listing was incomplete, if it was. */
async function readPages<Item>(
  db: Db,
  context: SyncContext,
  stream: Stream<Item>,
  cursor: JsonValue | null,
  totals: RunCounts,
): Promise<string | undefined> {
  let incomplete: string | undefined;
  await setStage(db, context.runId, `reading ${stream.name}`);
  for await (const page of stream.pages({ cursor, mode: context.mode, context, db })) {
    context.signal.throwIfAborted();
    const counts = await applyPage(db, context, stream, page);
    for (const name of Object.keys(totals) as (keyof RunCounts)[]) totals[name] += counts[name];
    incomplete ??= page.incomplete;
    stopOnManyFailures(stream, totals);
    if (counts.inserted + counts.updated + counts.deleted > 0) await distil(db, context);
    // Other requests get their turn between two pages, however fast the source is.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return incomplete;
}

function stopOnManyFailures<Item>(stream: Stream<Item>, totals: RunCounts): void {
  const limit = stream.failureLimit ?? 0.1;
  if (totals.seen < JUDGED_AFTER || totals.failed <= totals.seen * limit) return;
  throw new PermanentError(
    `${totals.failed} of the first ${totals.seen} items failed, so the sync was stopped; what was read is kept.`,
    { action: "Look at the failed tasks: one cause is usually behind all of them." },
  );
}

async function finishCheckpoint(db: Db, context: SyncContext, key: StreamKey): Promise<void> {
  const checkpoint = await readCheckpoint(db, key, context.mode);
  const cursor = checkpoint?.cursor ?? null;
  await writeCheckpoint(db, key, context.mode, { cursor, runId: context.runId, done: true });
}
