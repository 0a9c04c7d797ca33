/** Rows by which the sync engine knows what it has seen and where it stands. */
import { and, eq, inArray, lt } from "drizzle-orm";
import { excluded } from "@/core/db/excluded";
import { batches } from "@/lib/batches";
import type { Db } from "@/core/models/database";
import type { SyncMode } from "@/core/models/sync";
import { syncCheckpoint, syncItem, syncSeen } from "@/core/db/schema";

/** Rows a statement writes at most. */
const BATCH = 500;

/** One stream of one account. */
export interface StreamKey {
  integration: string;
  account: string;
  stream: string;
}

export type StoredItem = Pick<
  typeof syncItem.$inferSelect,
  "itemKey" | "version" | "state" | "artifactId" | "attempts" | "nextAttemptAt" | "error" | "stamp"
>;

/** The stored items of a stream. */
export const sameStream = (key: StreamKey) =>
  and(
    eq(syncItem.integration, key.integration),
    eq(syncItem.account, key.account),
    eq(syncItem.stream, key.stream),
  );

/** What is stored of these keys. */
export async function storedItems(
  db: Db,
  key: StreamKey,
  keys: readonly string[],
): Promise<Map<string, StoredItem>> {
  if (keys.length === 0) return new Map();
  const rows = await db
    .select({
      itemKey: syncItem.itemKey,
      version: syncItem.version,
      state: syncItem.state,
      artifactId: syncItem.artifactId,
      attempts: syncItem.attempts,
      nextAttemptAt: syncItem.nextAttemptAt,
      error: syncItem.error,
      stamp: syncItem.stamp,
    })
    .from(syncItem)
    .where(and(sameStream(key), inArray(syncItem.itemKey, [...keys])));
  return new Map(rows.map((row) => [row.itemKey, row]));
}

/** Stores what the source holds of items, over what was stored of them. */
export async function upsertItems(tx: Db, rows: readonly (typeof syncItem.$inferInsert)[]): Promise<void> {
  for (const batch of batches(rows, BATCH)) {
    await tx
      .insert(syncItem)
      .values(batch)
      .onConflictDoUpdate({
        target: [syncItem.integration, syncItem.account, syncItem.stream, syncItem.itemKey],
        set: excluded(syncItem),
      });
  }
}

/** Forgets items of a stream by their keys. */
export async function deleteItems(tx: Db, key: StreamKey, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.delete(syncItem).where(and(sameStream(key), inArray(syncItem.itemKey, [...keys])));
}

/** Marks keys as met by a run's enumeration. */
export async function markSeen(
  tx: Db,
  runId: string,
  stream: string,
  keys: readonly string[],
): Promise<void> {
  if (keys.length === 0) return;
  const rows = [...new Set(keys)].map((itemKey) => ({ runId, stream, itemKey }));
  for (const batch of batches(rows, BATCH)) await tx.insert(syncSeen).values(batch).onConflictDoNothing();
}

/** Which of these keys a run's enumeration has met so far. */
export async function seenAmong(
  db: Db,
  runId: string,
  stream: string,
  keys: readonly string[],
): Promise<Set<string>> {
  const seen = new Set<string>();
  for (const batch of batches(keys, BATCH)) {
    const met = and(eq(syncSeen.runId, runId), eq(syncSeen.stream, stream), inArray(syncSeen.itemKey, batch));
    for (const { itemKey } of await db.select({ itemKey: syncSeen.itemKey }).from(syncSeen).where(met))
      seen.add(itemKey);
  }
  return seen;
}

/** Marks that a statement removes at most: others get their turn in between. */
const MARKS_AT_A_TIME = 2_000;

/** Forgets what a run's enumeration met, of one stream or of all, in pieces. */
export async function forgetSeen(db: Db, runId: string, stream?: string): Promise<void> {
  const ofRun = eq(syncSeen.runId, runId);
  const streams =
    stream === undefined
      ? await db.selectDistinct({ stream: syncSeen.stream }).from(syncSeen).where(ofRun)
      : [{ stream }];
  for (const one of streams) {
    const ofStream = and(ofRun, eq(syncSeen.stream, one.stream));
    for (;;) {
      const [first] = await db
        .select({ itemKey: syncSeen.itemKey })
        .from(syncSeen)
        .where(ofStream)
        .orderBy(syncSeen.itemKey)
        .limit(1)
        .offset(MARKS_AT_A_TIME);
      const piece = first === undefined ? ofStream : and(ofStream, lt(syncSeen.itemKey, first.itemKey));
      await db.delete(syncSeen).where(piece);
      if (first === undefined) break;
      await new Promise(setImmediate);
    }
  }
}

export type Checkpoint = Pick<
  typeof syncCheckpoint.$inferSelect,
  "cursor" | "runId" | "done" | "watermark" | "incomplete" | "updatedAt"
>;

/** Where a stream stands in this mode; undefined before its first page. */
export async function readCheckpoint(
  db: Db,
  key: StreamKey,
  mode: SyncMode,
): Promise<Checkpoint | undefined> {
  const [row] = await db
    .select({
      cursor: syncCheckpoint.cursor,
      runId: syncCheckpoint.runId,
      done: syncCheckpoint.done,
      watermark: syncCheckpoint.watermark,
      incomplete: syncCheckpoint.incomplete,
      updatedAt: syncCheckpoint.updatedAt,
    })
    .from(syncCheckpoint)
    .where(
      and(
        eq(syncCheckpoint.integration, key.integration),
        eq(syncCheckpoint.account, key.account),
        eq(syncCheckpoint.stream, key.stream),
        eq(syncCheckpoint.mode, mode),
      ),
    );
  return row;
}

export type CheckpointFields = Pick<
  typeof syncCheckpoint.$inferInsert,
  "cursor" | "watermark" | "incomplete"
> & {
  runId: string;
  done: boolean;
};

/** Writes where a stream stands. Fields that are left out stay as they are. */
export async function writeCheckpoint(
  tx: Db,
  key: StreamKey,
  mode: SyncMode,
  value: CheckpointFields,
): Promise<void> {
  const fields = { ...value, updatedAt: new Date().toISOString() };
  await tx
    .insert(syncCheckpoint)
    .values({ ...key, mode, ...fields })
    .onConflictDoUpdate({
      target: [
        syncCheckpoint.integration,
        syncCheckpoint.account,
        syncCheckpoint.stream,
        syncCheckpoint.mode,
      ],
      set: fields,
    });
}
