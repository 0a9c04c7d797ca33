/** Asks a stream for single items at the start of a run: pending ones that are due, and failed ones no listing meets. */
import type { StreamKey } from "@/core/db/queries/sync-state";
import { type DueItem, dueItems } from "@/core/db/queries/waiting-items";
import type { Db } from "@/core/models/database";
import type { SyncContext } from "@/core/models/integration";
import type { RunCounts } from "@/core/models/sync";
import { applyPage } from "./apply-page";
import { enumeratesIn } from "./checkpoint-mode";
import { distil } from "./distil";
import { keysOf } from "./page-keys";
import { addTo } from "./read-pages";
import { setStage } from "./stage";
import type { Page, Stream } from "./stream";

/** Keys asked for at once. */
const BATCH = 50;
const plan = { checkpoint: null };

/**
 * Tries every due item exactly once. One that the stream does not answer for waits longer, as after a failed try.
 * Does nothing for streams without `revisit`.
 */
export async function revisitDue<Item>(
  db: Db,
  context: SyncContext,
  stream: Stream<Item>,
  key: StreamKey,
  totals: RunCounts,
): Promise<void> {
  if (stream.revisit === undefined) return;
  const states = enumeratesIn(stream, context.mode)
    ? (["pending"] as const)
    : (["pending", "failed"] as const);
  const now = new Date().toISOString();
  const asked = new Set<string>();
  for (;;) {
    const due = (await dueItems(db, key, { states, now, limit: BATCH })).filter(
      (item) => !asked.has(item.itemKey),
    );
    if (due.length === 0) return;
    if (asked.size === 0) await setStage(db, context.runId, `asking again for ${stream.name}`);
    for (const item of due) asked.add(item.itemKey);
    await revisitSome(db, context, stream, due, totals);
  }
}

async function revisitSome<Item>(
  db: Db,
  context: SyncContext,
  stream: Stream<Item>,
  due: readonly DueItem[],
  totals: RunCounts,
): Promise<void> {
  const open = new Map(due.map((item) => [item.itemKey, item]));
  const request = { cursor: null, watermark: null, mode: context.mode, context, db, keys: [...open.keys()] };
  for await (const page of stream.revisit?.(request) ?? []) {
    context.signal.throwIfAborted();
    const counts = await applyPage(db, context, stream, page, plan);
    addTo(totals, counts);
    for (const answered of keysOf(stream, page)) open.delete(answered);
    if (counts.inserted + counts.updated + counts.deleted > 0) await distil(db, context);
  }
  if (open.size > 0)
    addTo(totals, await applyPage(db, context, stream, unanswered([...open.values()]), plan));
}

function unanswered(items: readonly DueItem[]): Page<never> {
  const notice = ({ itemKey, error }: DueItem) => ({
    key: itemKey,
    reason: error ?? "The source did not answer for this item.",
  });
  return {
    items: [],
    cursor: null,
    pending: items.filter((item) => item.state === "pending").map(notice),
    failures: items.filter((item) => item.state === "failed").map(notice),
  };
}
