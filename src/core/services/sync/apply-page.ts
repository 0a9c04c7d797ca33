/**
 * One page: compare with what is stored, render what is new or changed, then commit everything in one transaction
 * together with the cursor. What a killed process had not committed is simply read again.
 */
import {
  deleteItems,
  markSeen,
  storedItems,
  upsertItems,
  writeCheckpoint,
} from "@/core/db/queries/sync-state";
import type { StoredItem, StreamKey } from "@/core/db/queries/sync-state";
import type { Db } from "@/core/models/database";
import type { SyncContext } from "@/core/models/integration";
import { artifactId, removeArtifacts, writeArtifacts } from "./artifact-writer";
import { clearFailures, recordFailures } from "./failures";
import { assertRunning } from "./lease";
import { type FailedItem, renderAll, type Rendered } from "./render-items";
import { addToRun, type PageCounts } from "./run-counts";
import type { Page, Stream } from "./stream";

/** Applies one page. Throws what stops the sync; item failures are recorded and do not. */
export async function applyPage<Item>(
  db: Db,
  context: SyncContext,
  stream: Stream<Item>,
  page: Page<Item>,
): Promise<PageCounts> {
  const streamKey = { integration: context.integration, account: context.account, stream: stream.name };
  const items = new Map(page.items.map((item) => [stream.key(item), item]));
  const notices = [...(page.failures ?? []), ...(page.skipped ?? []), ...(page.removed ?? [])];
  const stored = await storedItems(db, streamKey, [...items.keys(), ...notices.map((notice) => notice.key)]);
  const now = new Date().toISOString();
  const changed = [...items].filter(([key, item]) =>
    needsReading(stored.get(key), stream.version(item), now),
  );
  const { rendered, failures } = await renderAll(context, stream, changed);
  const known = new Set(changed.map(([key]) => key));
  const stillFailing = [...items.keys()].filter(
    (key) => !known.has(key) && stored.get(key)?.state === "failed",
  );
  const work: PageWork<Item> = {
    streamKey,
    stored,
    rendered,
    failures: [...(page.failures ?? []).map((notice) => ({ ...notice, version: "" })), ...failures],
    seen: [...items.keys(), ...notices.map((notice) => notice.key)],
    quiet: items.size - changed.length - stillFailing.length,
    stillFailing: stillFailing.length,
  };
  return db.transaction((tx) => commit(tx, context, stream, page, work));
}

interface PageWork<Item> {
  streamKey: StreamKey;
  stored: Map<string, StoredItem>;
  rendered: Rendered<Item>[];
  failures: FailedItem[];
  seen: string[];
  /** Items whose mark says that nothing changed. */
  quiet: number;
  /** Unchanged items that failed before and are not due for another try. */
  stillFailing: number;
}

function needsReading(stored: StoredItem | undefined, version: string, now: string): boolean {
  if (stored === undefined || stored.version !== version) return true;
  if (stored.state === "live" || stored.state === "skipped") return false;
  return stored.nextAttemptAt === null || stored.nextAttemptAt <= now;
}

async function commit<Item>(
  tx: Db,
  context: SyncContext,
  stream: Stream<Item>,
  page: Page<Item>,
  work: PageWork<Item>,
): Promise<PageCounts> {
  const { streamKey, stored } = work;
  await assertRunning(tx, context.runId);
  const shown = work.rendered.filter((entry) => entry.artifact !== null);
  const empty = work.rendered.filter((entry) => entry.artifact === null);
  const outcomes = await writeArtifacts(
    tx,
    context,
    shown.flatMap((entry) => (entry.artifact === null ? [] : [entry.artifact])),
  );
  await upsertItems(tx, [
    ...shown.map((entry) => itemRow(context, streamKey, entry, "live")),
    ...empty.map((entry) => itemRow(context, streamKey, entry, "skipped")),
  ]);
  await replaceMoved(tx, context, shown, stored);
  await clearFailures(tx, streamKey, [
    ...work.rendered.map((entry) => entry.key),
    ...[...(page.skipped ?? []), ...(page.removed ?? [])].map((notice) => notice.key),
  ]);
  await recordFailures(tx, context, streamKey, work.failures, stored);
  const removedLive = await takeOut(
    tx,
    context,
    stream,
    page,
    empty.map((entry) => entry.key),
    work,
  );
  await stream.save?.(
    tx,
    shown.map((entry) => entry.item),
    context,
  );
  if (stream.enumerates.includes(context.mode)) await markSeen(tx, context.runId, stream.name, work.seen);
  await writeCheckpoint(tx, streamKey, context.mode, {
    cursor: page.cursor,
    runId: context.runId,
    done: false,
  });
  const counts = countPage(page, work, outcomes, removedLive, empty.length);
  await addToRun(tx, context.runId, counts);
  return counts;
}

function itemRow<Item>(
  context: SyncContext,
  key: StreamKey,
  { key: itemKey, version, artifact }: Rendered<Item>,
  state: "live" | "skipped",
) {
  return {
    ...key,
    itemKey,
    version,
    state,
    artifactId:
      artifact === null
        ? null
        : artifactId(context.integration, context.account, artifact.integrationArtifactId),
    error: null,
    attempts: 0,
    nextAttemptAt: null,
    updatedAt: new Date().toISOString(),
  };
}

/** An item whose artifact got another source id leaves its old artifact behind: that one goes. */
async function replaceMoved<Item>(
  tx: Db,
  context: SyncContext,
  shown: readonly Rendered<Item>[],
  stored: Map<string, StoredItem>,
): Promise<void> {
  const left = shown.flatMap(({ key, artifact }) => {
    const before = stored.get(key)?.artifactId ?? null;
    if (before === null || artifact === null) return [];
    return before === artifactId(context.integration, context.account, artifact.integrationArtifactId)
      ? []
      : [before];
  });
  await removeArtifacts(tx, left, "gone");
}

/** Takes out what the page reports as removed, and what was live but is now left out on purpose. */
async function takeOut<Item>(
  tx: Db,
  context: SyncContext,
  stream: Stream<Item>,
  page: Page<Item>,
  emptyKeys: readonly string[],
  work: PageWork<Item>,
): Promise<number> {
  const { stored, streamKey } = work;
  const liveOf = (keys: readonly string[]) => keys.filter((key) => stored.get(key)?.state === "live");
  const idsOf = (keys: readonly string[]) => keys.flatMap((key) => stored.get(key)?.artifactId ?? []);
  const gone = (page.removed ?? []).filter((entry) => entry.state === "gone").map((entry) => entry.key);
  const hidden = (page.removed ?? []).filter((entry) => entry.state === "hidden").map((entry) => entry.key);
  const skipped = (page.skipped ?? []).map((notice) => notice.key);
  const leaving = [...gone, ...skipped, ...emptyKeys];
  await removeArtifacts(tx, idsOf(leaving), "gone");
  await removeArtifacts(tx, idsOf(hidden), "hidden");
  await deleteItems(tx, streamKey, [...gone, ...skipped]);
  const now = new Date().toISOString();
  await upsertItems(
    tx,
    hidden.flatMap((key) => {
      const item = stored.get(key);
      return item === undefined
        ? []
        : [{ ...streamKey, ...item, state: "hidden" as const, version: "", updatedAt: now }];
    }),
  );
  const leavingLive = liveOf([...leaving, ...hidden]);
  if (leavingLive.length > 0) await stream.remove?.(tx, leavingLive, context);
  return leavingLive.length;
}

function countPage<Item>(
  page: Page<Item>,
  work: PageWork<Item>,
  outcomes: Map<string, "inserted" | "updated" | "unchanged">,
  deleted: number,
  empty: number,
): PageCounts {
  const of = (wanted: string) => [...outcomes.values()].filter((outcome) => outcome === wanted).length;
  const counts = {
    inserted: of("inserted"),
    updated: of("updated"),
    unchanged: of("unchanged") + work.quiet,
    skipped: (page.skipped?.length ?? 0) + empty,
    failed: work.failures.length + work.stillFailing,
  };
  const seen = counts.inserted + counts.updated + counts.unchanged + counts.skipped + counts.failed;
  return { ...counts, seen, deleted, expected: page.expected };
}
