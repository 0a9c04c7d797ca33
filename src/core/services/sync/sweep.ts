/**
 * Takes out what a complete, error-free listing did not meet. Guarded: a listing that suddenly misses most of what
 * was there is more often a source in trouble than a person who deleted everything.
 */
import { deleteItems, type StreamKey } from "@/core/db/queries/sync-state";
import { countUnmet, keyWindows, type KeyWindow, unmetItems } from "@/core/db/queries/unmet-items";
import type { Db } from "@/core/models/database";
import { HeldDeletionsError } from "@/core/models/errors";
import type { SyncContext } from "@/core/models/integration";
import { at } from "./failpoint";
import { clearFailures } from "./failures";
import { connectedAnew } from "./full-pass";
import { heldNoMore } from "./held-removals";
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
 * @throws HeldDeletionsError when the guard holds the removals; nothing has been removed then.
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
    throw heldDeletions(key, await connectedAnew(db, key), { missing: unmet, of: live });
  }
  await at(context, "sweep about to start");
  let removed = 0;
  for await (const window of keyWindows(db, key)) {
    for (let batch = BATCH; batch === BATCH;) {
      batch = await removeUnmet(db, context, stream, key, window);
      removed += batch;
      await at(context, "sweep batch committed");
    }
  }
  await heldNoMore(db, key);
  return removed;
}

/** One batch of a window, in a transaction. @returns how many items it took out. */
function removeUnmet<Item>(
  db: Db,
  context: SyncContext,
  stream: Stream<Item>,
  key: StreamKey,
  window: KeyWindow,
): Promise<number> {
  return db.transaction(async (tx) => {
    await assertRunning(tx, context);
    const items = await unmetItems(tx, key, context.runId, window, BATCH);
    if (items.length === 0) return 0;
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
}

/** What a person has to know to decide. A replaced credential is the likeliest reason: then the way to keep both is told. */
function heldDeletions(
  { account, stream }: StreamKey,
  anew: string | undefined,
  held: { missing: number; of: number },
): HeldDeletionsError {
  const { missing, of } = held;
  const kept = "so nothing was removed and everything stays searchable.";
  if (anew === undefined) {
    return new HeldDeletionsError(
      `The source no longer lists ${missing} of ${of} items, ${kept}`,
      held,
      stream,
      {
        action:
          "If they were deleted on purpose, remove them here too: with the button on the web page, or a sync with " +
          "--confirm-deletions. Otherwise check the source.",
      },
    );
  }
  return new HeldDeletionsError(
    `${anew} What it leads to now does not list ${missing} of ${of} items, ${kept}`,
    { ...held, reconnected: true },
    stream,
    {
      action:
        `If '${account}' is another account now, remove what is left of the one before: with the button on the web ` +
        "page, or a sync with --confirm-deletions. To keep both, give the new one a name of its own with 'Keep both' on the web page.",
    },
  );
}
