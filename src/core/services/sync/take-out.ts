import { deleteItems, type StoredItem, type StreamKey, upsertItems } from "@/core/db/queries/sync-state";
import type { Db } from "@/core/models/database";
import type { SyncContext } from "@/core/models/integration";
import { removeArtifacts } from "./artifact-writer";
import { releaseArtifacts } from "./release";
import type { LostItem } from "./render-items";
import type { Page, Stream } from "./stream";

/** How long an item that this credential may not read is left alone, unless its version changes, in milliseconds. */
const HIDDEN_PAUSE_MS = 24 * 3_600_000;

export interface Leaving<Item> {
  streamKey: StreamKey;
  stored: ReadonlyMap<string, StoredItem>;
  page: Page<Item>;
  /** Items that were rendered to nothing. */
  emptyKeys: readonly string[];
  /** Items that were listed, but were gone or hidden when they were to be read. */
  lost: readonly LostItem[];
}

/**
 * Takes out what the page reports as removed, and what was live but is now left out on purpose.
 *
 * @returns how many live items left.
 */
export async function takeOut<Item>(
  tx: Db,
  context: SyncContext,
  stream: Stream<Item>,
  { streamKey, stored, page, emptyKeys, lost }: Leaving<Item>,
): Promise<number> {
  const liveOf = (keys: readonly string[]) => keys.filter((key) => isServed(stored.get(key)));
  const idsOf = (keys: readonly string[]) => keys.flatMap((key) => stored.get(key)?.artifactId ?? []);
  const removed = [...(page.removed ?? []), ...lost];
  const gone = removed.filter((entry) => entry.state === "gone").map((entry) => entry.key);
  const hidden = removed.filter((entry) => entry.state === "hidden").map((entry) => entry.key);
  const skipped = (page.skipped ?? []).map((notice) => notice.key);
  const leaving = [...gone, ...skipped, ...emptyKeys];
  await releaseArtifacts(tx, streamKey, context.runId, leaving, idsOf(leaving));
  await removeArtifacts(tx, idsOf(hidden), "hidden");
  await deleteItems(tx, streamKey, [...gone, ...skipped]);
  await upsertItems(tx, hiddenRows(streamKey, stored, hidden, lost));
  const leavingLive = liveOf([...leaving, ...hidden]);
  if (leavingLive.length > 0) await stream.remove?.(tx, leavingLive, context);
  return leavingLive.length;
}

/** Failed and pending items stay served, and keep their own rows, if they were live before. */
function isServed(item: StoredItem | undefined): boolean {
  if (item?.state === "failed" || item?.state === "pending") return item.artifactId !== null;
  return item?.state === "live";
}

function hiddenRows(
  streamKey: StreamKey,
  stored: ReadonlyMap<string, StoredItem>,
  hidden: readonly string[],
  lost: readonly LostItem[],
) {
  const now = Date.now();
  const reasons = new Map(lost.map((item) => [item.key, item]));
  return hidden.flatMap((itemKey) => {
    const before = stored.get(itemKey);
    const refused = reasons.get(itemKey);
    if (before === undefined && refused === undefined) return [];
    return [
      {
        ...streamKey,
        itemKey,
        version: refused?.version ?? "",
        state: "hidden" as const,
        artifactId: before?.artifactId ?? null,
        error: refused?.reason ?? null,
        attempts: 0,
        nextAttemptAt: refused === undefined ? null : new Date(now + HIDDEN_PAUSE_MS).toISOString(),
        stamp: null,
        updatedAt: new Date(now).toISOString(),
      },
    ];
  });
}
