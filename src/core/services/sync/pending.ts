/** Items that exist but are not ready: asked for again with growing pauses, never taken for deleted. */
import { type StoredItem, type StreamKey, upsertItems } from "@/core/db/queries/sync-state";
import type { Db } from "@/core/models/database";
import type { PendingNotice } from "./stream";

/** Pauses after the first tries, in seconds; later ones are a day apart. */
const PAUSES_S = [30, 60, 120, 240, 480, 480] as const;
const DAY_S = 86_400;

/** How long after its `attempt`th try (from 1) a pending item is left alone, in milliseconds. */
export function pendingPauseMs(attempt: number): number {
  return (PAUSES_S[attempt - 1] ?? DAY_S) * 1_000;
}

/** What a page brings of an item that is to be asked for again all the same: a call whose transcript is yet to come. */
export interface ListedItem {
  version: string;
  /** Our id of the artifact that this page wrote; null when the page wrote none. */
  artifactId: string | null;
}

/**
 * Keeps pending items, each with its next try. What was stored of one stays as it was, and stays served; one that is
 * listed beside its notice is served as listed. One that is met before its time keeps its next try.
 */
export async function recordPending(
  tx: Db,
  key: StreamKey,
  pending: readonly PendingNotice[],
  stored: ReadonlyMap<string, StoredItem>,
  listed: ReadonlyMap<string, ListedItem> = new Map(),
): Promise<void> {
  const now = Date.now();
  const rows = pending.flatMap((notice) => {
    const before = stored.get(notice.key);
    const item = listed.get(notice.key);
    const written = item?.artifactId ?? null;
    if (item !== undefined && written === null && isEarly(before, now)) return [];
    const attempts = (before?.state === "pending" ? before.attempts : 0) + 1;
    const asked = Date.parse(notice.retryAt ?? "");
    const next = Math.max(now + pendingPauseMs(attempts), Math.min(asked || 0, now + DAY_S * 1_000));
    return {
      ...key,
      itemKey: notice.key,
      version: item?.version ?? "",
      state: "pending" as const,
      artifactId: written ?? before?.artifactId ?? null,
      error: notice.reason,
      attempts,
      nextAttemptAt: new Date(next).toISOString(),
      stamp: before?.stamp ?? null,
      updatedAt: new Date(now).toISOString(),
    };
  });
  await upsertItems(tx, rows);
}

function isEarly(before: StoredItem | undefined, now: number): boolean {
  return before?.state === "pending" && Date.parse(before.nextAttemptAt ?? "") > now;
}
