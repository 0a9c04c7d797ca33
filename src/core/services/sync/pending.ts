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

/** Keeps pending items, each with its next try. What was stored of one stays as it was, and stays served. */
export async function recordPending(
  tx: Db,
  key: StreamKey,
  pending: readonly PendingNotice[],
  stored: ReadonlyMap<string, StoredItem>,
): Promise<void> {
  const now = Date.now();
  const rows = pending.map((notice) => {
    const before = stored.get(notice.key);
    const attempts = (before?.state === "pending" ? before.attempts : 0) + 1;
    const asked = Date.parse(notice.retryAt ?? "");
    const next = Math.max(now + pendingPauseMs(attempts), Math.min(asked || 0, now + DAY_S * 1_000));
    return {
      ...key,
      itemKey: notice.key,
      version: "",
      state: "pending" as const,
      artifactId: before?.artifactId ?? null,
      error: notice.reason,
      attempts,
      nextAttemptAt: new Date(next).toISOString(),
      stamp: before?.stamp ?? null,
      updatedAt: new Date(now).toISOString(),
    };
  });
  await upsertItems(tx, rows);
}
