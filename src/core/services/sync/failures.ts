/** Items that could not be taken: each is a row a person can read, and is tried again with growing pauses. */
import { and, eq, inArray } from "drizzle-orm";
import { type StoredItem, type StreamKey, upsertItems } from "@/core/db/queries/sync-state";
import { upsertSyncTask } from "@/core/db/queries/tasks";
import { syncTask } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import type { SyncContext } from "@/core/models/integration";
import { stableId } from "@/lib/hash";
import type { FailedItem } from "./render-items";

const FIRST_PAUSE_MS = 10 * 60_000;
const LONGEST_PAUSE_MS = 24 * 3_600_000;

const taskId = (key: StreamKey, itemKey: string) =>
  stableId("failed item", key.integration, key.account, key.stream, itemKey);

/** Writes a task row and the item's state for each failure. What was stored of the item stays as it was. */
export async function recordFailures(
  tx: Db,
  context: SyncContext,
  key: StreamKey,
  failures: readonly FailedItem[],
  stored: ReadonlyMap<string, StoredItem>,
): Promise<void> {
  const now = Date.now();
  for (const failure of failures) {
    const before = stored.get(failure.key);
    const attempts = (before?.state === "failed" ? before.attempts : 0) + 1;
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempts - 1, 20));
    await upsertItems(tx, [
      {
        ...key,
        itemKey: failure.key,
        version: failure.version,
        state: "failed",
        artifactId: before?.artifactId ?? null,
        error: failure.reason,
        attempts,
        nextAttemptAt: new Date(now + pause).toISOString(),
        updatedAt: new Date(now).toISOString(),
      },
    ]);
    await upsertSyncTask(tx, {
      id: taskId(key, failure.key),
      runId: context.runId,
      integration: key.integration,
      account: key.account,
      step: "sync-data",
      status: "FAILED",
      inputs: { stream: key.stream, item: failure.key },
      counts: { attempts },
      error: failure.reason,
    });
  }
}

/** Closes the task rows of items that have now been taken, or are no longer there. */
export async function clearFailures(tx: Db, key: StreamKey, settled: readonly string[]): Promise<void> {
  if (settled.length === 0) return;
  const ids = settled.map((itemKey) => taskId(key, itemKey));
  await tx
    .update(syncTask)
    .set({ status: "SUCCESS", error: null, updateDate: new Date().toISOString() })
    .where(and(inArray(syncTask.id, ids), eq(syncTask.status, "FAILED")));
}
