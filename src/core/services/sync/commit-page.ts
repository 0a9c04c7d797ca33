/** The transaction of one page: artifacts, items, removals, notices, counts and the cursor, all or none. */
import {
  type CheckpointFields,
  markSeen,
  type StoredItem,
  type StreamKey,
  upsertItems,
  writeCheckpoint,
} from "@/core/db/queries/sync-state";
import type { Db } from "@/core/models/database";
import type { SyncContext } from "@/core/models/integration";
import { nextTurn } from "@/lib/next-turn";
import { artifactId, type WriteOutcome, writeArtifacts } from "./artifact-writer";
import { checkpointMode, enumeratesIn } from "./checkpoint-mode";
import { at } from "./failpoint";
import { clearFailures, recordFailures } from "./failures";
import { assertRunning } from "./lease";
import { newerElsewhere } from "./newest";
import { type ListedItem, recordPending } from "./pending";
import { releaseArtifacts } from "./release";
import type { FailedItem, LostItem, Rendered } from "./render-items";
import { addToRun, type PageCounts } from "./run-counts";
import type { Page, PendingNotice, Stream } from "./stream";
import { takeOut } from "./take-out";

export interface PageWork<Item> {
  streamKey: StreamKey;
  stored: Map<string, StoredItem>;
  rendered: Rendered<Item>[];
  failures: FailedItem[];
  lost: LostItem[];
  seen: string[];
  /** Items whose mark says that nothing changed. */
  quiet: number;
  /** Unchanged items that failed before and are not due for another try. */
  stillFailing: number;
}

/** What of a page is written beside its items. */
export interface PagePlan {
  /** Null for pages of a revisit, which leave the listing where it stands. */
  checkpoint: Pick<CheckpointFields, "watermark" | "incomplete"> | null;
}

export async function commitPage<Item>(
  tx: Db,
  context: SyncContext,
  stream: Stream<Item>,
  page: Page<Item>,
  work: PageWork<Item>,
  plan: PagePlan,
): Promise<PageCounts> {
  const { streamKey, stored } = work;
  await assertRunning(tx, context);
  const shown = work.rendered.filter((entry) => entry.artifact !== null);
  const empty = work.rendered.filter((entry) => entry.artifact === null);
  const outcomes = await writeShown(tx, context, stream, shown, streamKey);
  await at(context, "artifacts written");
  await upsertItems(tx, [
    ...shown.map((entry) => itemRow(context, stream, streamKey, entry, "live")),
    ...empty.map((entry) => itemRow(context, stream, streamKey, entry, "skipped")),
  ]);
  // The rows of a full page take some milliseconds, and so does what follows.
  if (shown.length > 0) await nextTurn();
  await replaceMoved(tx, context, shown, work);
  const leaving = [...(page.skipped ?? []), ...(page.removed ?? []), ...work.lost];
  await clearFailures(
    tx,
    streamKey,
    [...work.rendered, ...leaving, ...(page.pending ?? [])].map(({ key }) => key),
  );
  await recordFailures(tx, context, streamKey, work.failures, stored);
  await recordPending(tx, streamKey, pendingOf(page, work), stored, listedOf(context, stream, page, shown));
  const emptyKeys = empty.map((entry) => entry.key);
  const deleted = await takeOut(tx, context, stream, { ...work, page, emptyKeys });
  const saved = shown.map((entry) => entry.item);
  await stream.save?.(tx, saved, context);
  await page.save?.(tx);
  if (enumeratesIn(stream, context.mode)) await markSeen(tx, context.runId, stream.name, work.seen);
  if (plan.checkpoint !== null) {
    const fields = { ...plan.checkpoint, cursor: page.cursor, runId: context.runId, done: false };
    await writeCheckpoint(tx, streamKey, checkpointMode(stream, context.mode), fields);
  }
  const counts = countPage(stream, page, work, outcomes, deleted, empty.length);
  await addToRun(tx, context.runId, counts);
  await at(context, "page about to commit");
  return counts;
}

/** Pending items; one that failed as well is left to the failure's own next try. */
function pendingOf<Item>(page: Page<Item>, { failures }: PageWork<Item>): readonly PendingNotice[] {
  const failed = new Set(failures.map(({ key }) => key));
  return (page.pending ?? []).filter(({ key }) => !failed.has(key));
}

function listedOf<Item>(
  context: SyncContext,
  stream: Stream<Item>,
  page: Page<Item>,
  shown: readonly Rendered<Item>[],
): Map<string, ListedItem> {
  const written = new Map(shown.map((entry) => [entry.key, idOf(context, entry)]));
  return new Map(
    page.items.map((item) => {
      const key = stream.key(item);
      return [key, { version: stream.version(item), artifactId: written.get(key) ?? null }];
    }),
  );
}

/** Writes what is to be shown, but for what another stream has brought in a newer version. */
async function writeShown<Item>(
  tx: Db,
  context: SyncContext,
  stream: Stream<Item>,
  shown: readonly Rendered<Item>[],
  key: StreamKey,
): Promise<Map<string, WriteOutcome>> {
  const artifacts = shown.flatMap((entry) => (entry.artifact === null ? [] : [entry.artifact]));
  if (stream.stamp === undefined) return writeArtifacts(tx, context, artifacts);
  const ids = shown.map((entry) => idOf(context, entry));
  const stamps = new Map(shown.map((entry, index) => [ids[index] ?? "", stream.stamp?.(entry.item) ?? ""]));
  const newer = await newerElsewhere(tx, key, stamps);
  const outcomes = await writeArtifacts(
    tx,
    context,
    artifacts.filter((_artifact, index) => !newer.has(ids[index] ?? "")),
  );
  for (const id of newer) outcomes.set(id, "unchanged");
  return outcomes;
}

function idOf<Item>(context: SyncContext, { artifact }: Rendered<Item>): string {
  return artifact === null
    ? ""
    : artifactId(context.integration, context.account, artifact.integrationArtifactId);
}

function itemRow<Item>(
  context: SyncContext,
  stream: Stream<Item>,
  key: StreamKey,
  entry: Rendered<Item>,
  state: "live" | "skipped",
) {
  return {
    ...key,
    itemKey: entry.key,
    version: entry.version,
    state,
    artifactId: idOf(context, entry) || null,
    error: null,
    attempts: 0,
    nextAttemptAt: null,
    stamp: stream.stamp?.(entry.item) ?? null,
    updatedAt: new Date().toISOString(),
  };
}

/** An item whose artifact got another source id leaves its old artifact behind: that one goes. */
async function replaceMoved<Item>(
  tx: Db,
  context: SyncContext,
  shown: readonly Rendered<Item>[],
  { stored, streamKey }: PageWork<Item>,
): Promise<void> {
  const left = shown.flatMap((entry) => {
    const before = stored.get(entry.key)?.artifactId ?? null;
    return before === null || before === idOf(context, entry) ? [] : [before];
  });
  // The rows of the items say by now what they stand for, so none of them leaves with its old artifact.
  await releaseArtifacts(tx, streamKey, context.runId, [], left);
}

function countPage<Item>(
  stream: Stream<Item>,
  page: Page<Item>,
  work: PageWork<Item>,
  outcomes: Map<string, WriteOutcome>,
  deleted: number,
  empty: number,
): PageCounts {
  const of = (wanted: WriteOutcome) => [...outcomes.values()].filter((outcome) => outcome === wanted).length;
  const lostUnseen = work.lost.filter(({ key }) => work.stored.get(key)?.state !== "live").length;
  const counts = {
    inserted: of("inserted"),
    updated: of("updated"),
    unchanged: of("unchanged") + work.quiet,
    skipped: (page.skipped?.length ?? 0) + empty + lostUnseen,
    failed: work.failures.length + work.stillFailing,
  };
  const listed = counts.inserted + counts.updated + counts.unchanged + counts.skipped + counts.failed;
  const keys = new Set(page.items.map((item) => stream.key(item)));
  const seen = listed + (page.pending ?? []).filter(({ key }) => !keys.has(key)).length;
  return { ...counts, seen, deleted, expected: page.expected };
}
