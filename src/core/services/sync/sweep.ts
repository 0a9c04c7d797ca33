/**
 * Takes out what a complete, error-free listing did not meet. Guarded: a listing that suddenly misses most of what
 * was there is more often a source in trouble than a person who deleted everything.
 */
import { countUnmet, deleteItems, type StreamKey, unmetItems } from "@/core/db/queries/sync-state";
import type { Db } from "@/core/models/database";
import { PermanentError } from "@/core/models/errors";
import type { SyncContext } from "@/core/models/integration";
import { at } from "./failpoint";
import { clearFailures } from "./failures";
import { assertRunning } from "./lease";
import { releaseArtifacts } from "./release";
import { addToRun } from "./run-counts";
import type { Stream } from "./stream";

const BATCH = 100;
/** Removals of more than this share of what is live, and more than this many, are held until a person confirms. */
const GUARD_SHARE = 0.5;
const GUARD_MINIMUM = 100;

/**
 * The marks of what was met stay, so that a sweep that is picked up again finds the same: whoever closes the listing
 * forgets them.
 *
 * @throws PermanentError when the guard holds the removals; nothing has been removed then.
 */
export async function sweep<Item>(
  db: Db,
  context: SyncContext,
  stream: Stream<Item>,
  confirmed: boolean,
): Promise<number> {
  const key: StreamKey = { integration: context.integration, account: context.account, stream: stream.name };
  const { live, unmet } = await countUnmet(db, key, context.runId);
  if (!confirmed && unmet > GUARD_MINIMUM && unmet > live * GUARD_SHARE) {
    throw new PermanentError(
      `The source no longer lists ${unmet} of ${live} items, so nothing was removed and everything stays searchable.`,
      {
        action: "If they were deleted on purpose, sync with --confirm-deletions; otherwise check the source.",
      },
    );
  }
  await at(context, "sweep about to start");
  let removed = 0;
  for (;;) {
    const batch = await db.transaction(async (tx) => {
      await assertRunning(tx, context.runId);
      const items = await unmetItems(tx, key, context.runId, BATCH);
      const artifacts = items.flatMap((item) => item.artifactId ?? []);
      const keys = items.map((item) => item.itemKey);
      await releaseArtifacts(tx, key, context.runId, keys, artifacts);
      await stream.remove?.(tx, keys, context);
      await deleteItems(tx, key, keys);
      await clearFailures(tx, key, keys);
      await addToRun(tx, context.runId, { deleted: artifacts.length });
      await at(context, "sweep about to commit");
      return items.length;
    });
    removed += batch;
    await at(context, "sweep batch committed");
    if (batch < BATCH) break;
  }
  return removed;
}
