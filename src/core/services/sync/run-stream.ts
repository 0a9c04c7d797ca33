import { forgetSeen, readCheckpoint, type StreamKey, writeCheckpoint } from "@/core/db/queries/sync-state";
import { upsertSyncTask } from "@/core/db/queries/tasks";
import type { Db } from "@/core/models/database";
import { LeaseLostError, messageOf } from "@/core/models/errors";
import type { SyncContext } from "@/core/models/integration";
import { noCounts, type RunCounts } from "@/core/models/sync";
import { stableId } from "@/lib/hash";
import { checkpointMode, enumeratesIn } from "./checkpoint-mode";
import { at } from "./failpoint";
import { assertRunning } from "./lease";
import { readPages } from "./read-pages";
import { revisitDue } from "./revisit";
import { setStage } from "./stage";
import { type StartingPoint, startingPoint } from "./starting-point";
import type { Stream } from "./stream";
import { sweep } from "./sweep";

/**
 * Reads one stream to its end: what is due to be asked for again, then page by page from where it stands, then takes
 * out what a complete listing did not meet. Its `syncTask` row tells how it went.
 */
export async function runStream<Item>(db: Db, context: SyncContext, stream: Stream<Item>): Promise<void> {
  const key: StreamKey = { integration: context.integration, account: context.account, stream: stream.name };
  const totals = { ...noCounts };
  const start = await startingPoint(db, context, stream, key);
  const cursor = start === "done" ? null : start.cursor;
  const task = {
    id: stableId("stream", context.runId, stream.name),
    runId: context.runId,
    integration: context.integration,
    account: context.account,
    step: "sync-data",
    inputs: { stream: stream.name, mode: context.mode, cursor },
  };
  if (start === "done" && stream.lane !== "own") return;
  await upsertSyncTask(db, { ...task, status: "PENDING" });
  try {
    await revisitDue(db, context, stream, key, totals);
    const end = start === "done" ? undefined : await readToEnd(db, context, stream, key, start, totals);
    const incomplete = end?.incomplete ?? null;
    context.log.info("A stream was read.", { stream: stream.name, ...totals });
    await upsertSyncTask(db, {
      ...task,
      status: incomplete === null ? "SUCCESS" : "FAILED",
      counts: { ...totals },
      error: incomplete === null ? null : `${incomplete} Nothing was taken for deleted in this sync.`,
    });
  } catch (error) {
    if (error instanceof LeaseLostError || context.signal.reason instanceof LeaseLostError) throw error;
    const status = context.signal.aborted ? "PENDING" : "FAILED";
    const stands = await readCheckpoint(db, key, checkpointMode(stream, context.mode));
    const inputs = { ...task.inputs, cursor: stands?.cursor ?? cursor };
    await upsertSyncTask(db, { ...task, inputs, status, counts: { ...totals }, error: messageOf(error) });
    throw error;
  }
}

async function readToEnd<Item>(
  db: Db,
  context: SyncContext,
  stream: Stream<Item>,
  key: StreamKey,
  start: StartingPoint,
  totals: RunCounts,
): Promise<StartingPoint> {
  const end = await readPages(db, context, stream, start, totals);
  if (enumeratesIn(stream, context.mode) && end.incomplete === null) {
    await setStage(db, context.runId, "removing what is gone");
    totals.deleted += await sweep(db, context, stream, context.confirmDeletions);
  }
  await at(context, "stream about to finish");
  await finish(db, context, stream, key, end);
  return end;
}

/** Closes the listing's checkpoint; a full one hands its watermark to the incremental syncs in the same breath. */
async function finish<Item>(
  db: Db,
  context: SyncContext,
  stream: Stream<Item>,
  key: StreamKey,
  end: StartingPoint,
): Promise<void> {
  const { mode, runId } = context;
  await db.transaction(async (tx) => {
    await assertRunning(tx, context);
    const kept = checkpointMode(stream, mode);
    const checkpoint = await readCheckpoint(tx, key, kept);
    const fields = { watermark: end.watermark, incomplete: end.incomplete };
    await writeCheckpoint(tx, key, kept, {
      ...fields,
      cursor: checkpoint?.cursor ?? null,
      runId,
      done: true,
    });
    if (mode !== "full" || stream.lane === "own" || end.watermark === null) return;
    // A part that could not be read must be met again, so an incomplete listing moves nothing forward.
    if (end.incomplete !== null) return;
    await writeCheckpoint(tx, key, "incremental", { cursor: end.watermark, runId, done: true });
  });
  // Forgotten before, the marks would be missing when a killed run goes on, and everything taken for deleted.
  await forgetSeen(db, runId, stream.name);
}
