import { forgetSeen, writeCheckpoint } from "@/core/db/queries/sync-state";
import type { JsonValue } from "@/core/models/artifact";
import type { Db } from "@/core/models/database";
import { CursorExpiredError, PermanentError } from "@/core/models/errors";
import type { SyncContext } from "@/core/models/integration";
import type { RunCounts } from "@/core/models/sync";
import { nextTurn } from "@/lib/next-turn";
import { applyPage } from "./apply-page";
import { checkpointMode, enumeratesIn } from "./checkpoint-mode";
import { DistilBehind } from "./distil-behind";
import { at } from "./failpoint";
import { assertRunning } from "./lease";
import { PageWatch } from "./page-watch";
import { setStage } from "./stage";
import type { StartingPoint } from "./starting-point";
import type { Stream } from "./stream";

/** Items after which the share of failures is judged. */
const JUDGED_AFTER = 100;
/** How often a run starts the window of an expired cursor again. */
const WINDOW_RESTARTS = 3;

/**
 * Reads a stream's pages from where it stands to its end. A window whose cursor expired is read again from its start.
 *
 * @returns why the listing was incomplete, if it was, and the watermark of its last page that gave one.
 */
export async function readPages<Item>(
  db: Db,
  context: SyncContext,
  stream: Stream<Item>,
  start: StartingPoint,
  totals: RunCounts,
): Promise<StartingPoint> {
  await setStage(db, context.runId, `reading ${stream.name}`);
  const behind = new DistilBehind(db, context);
  try {
    const end = await readWindows(db, context, stream, start, totals, behind);
    await behind.settled();
    return end;
  } catch (error) {
    await behind.abandoned();
    throw error;
  }
}

async function readWindows<Item>(
  db: Db,
  context: SyncContext,
  stream: Stream<Item>,
  start: StartingPoint,
  totals: RunCounts,
  behind: DistilBehind,
): Promise<StartingPoint> {
  const progress = { ...start };
  for (let restarts = 0; ; restarts++) {
    let pages = 0;
    const from = progress.cursor;
    try {
      await readOnce(db, context, stream, progress, async (counts) => {
        pages++;
        addTo(totals, counts);
        stopOnManyFailures(stream, totals);
        const changed = counts.inserted + counts.updated;
        if (changed + counts.deleted > 0) await behind.afterPage(changed);
      });
      return progress;
    } catch (error) {
      if (!(error instanceof CursorExpiredError)) throw error;
      if (restarts >= WINDOW_RESTARTS) throw expiresAlways(error);
      context.log.info("A cursor has expired; its window is read again.", { stream: stream.name });
      progress.cursor = await windowStart(db, context, stream, error, pages === 0 ? null : from);
    }
  }
}

/** Where to begin again: what the stream says, else where this reading began, or before it if nothing was read. */
async function windowStart<Item>(
  db: Db,
  context: SyncContext,
  stream: Stream<Item>,
  error: CursorExpiredError,
  from: JsonValue | null,
): Promise<JsonValue | null> {
  if (error.windowStart !== undefined) return error.windowStart;
  if (!enumeratesIn(stream, context.mode)) return from;
  const { integration, account, runId, mode } = context;
  await db.transaction(async (tx) => {
    await assertRunning(tx, context);
    await forgetSeen(tx, runId, stream.name);
    await writeCheckpoint(tx, { integration, account, stream: stream.name }, checkpointMode(stream, mode), {
      cursor: null,
      runId,
      done: false,
    });
  });
  return null;
}

async function readOnce<Item>(
  db: Db,
  context: SyncContext,
  stream: Stream<Item>,
  progress: StartingPoint,
  onPage: (counts: RunCounts) => Promise<void>,
): Promise<void> {
  const watch = new PageWatch();
  const { cursor, watermark } = progress;
  const { mode } = context;
  for await (const page of stream.pages({ cursor, watermark, mode, context, db })) {
    context.signal.throwIfAborted();
    await at(context, "page fetched");
    watch.check(
      page,
      page.items.map((item) => stream.key(item)),
    );
    progress.watermark = page.watermark ?? progress.watermark;
    progress.incomplete ??= page.incomplete ?? null;
    const checkpoint = { watermark: progress.watermark, incomplete: progress.incomplete };
    const counts = await applyPage(db, context, stream, page, { checkpoint });
    await at(context, "page committed");
    await onPage(counts);
    // Other requests get their turn between two pages, however fast the source is.
    await nextTurn();
  }
}

/** Adds a page's counts to a stream's. */
export function addTo(totals: RunCounts, counts: RunCounts): void {
  for (const name of Object.keys(totals) as (keyof RunCounts)[]) totals[name] += counts[name];
}

function stopOnManyFailures<Item>(stream: Stream<Item>, totals: RunCounts): void {
  const limit = stream.failureLimit ?? 0.1;
  if (totals.seen < JUDGED_AFTER || totals.failed <= totals.seen * limit) return;
  throw new PermanentError(
    `${totals.failed} of the first ${totals.seen} items failed, so the sync was stopped; what was read is kept.`,
    { action: "Look at the failed tasks: one cause is usually behind all of them." },
  );
}

function expiresAlways(cause: CursorExpiredError): PermanentError {
  return new PermanentError(
    `The source forgot ${WINDOW_RESTARTS + 1} times where its listing was to go on: ${cause.message}`,
    { action: "What was read is kept. Sync again; if this stays, smaller pages or windows may help.", cause },
  );
}
