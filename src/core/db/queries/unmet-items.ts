/** What a complete enumeration did not meet, looked for a window of keys at a time: streams may hold very many items. */
import { and, count, eq, gt, lte, notExists, notInArray, sql } from "drizzle-orm";
import { syncItem, syncSeen } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { sameStream, type StreamKey } from "./sync-state";

/** Items that a statement looks at, at most: some milliseconds. */
const WINDOW = 2_000;

/** Keys of one stream in their order: those after `after` (null: from the first) up to and with `upTo` (null: to the last). */
export interface KeyWindow {
  after: string | null;
  upTo: string | null;
}

/** The stream's keys, cut into windows; others get their turn between two of them. */
export async function* keyWindows(db: Db, key: StreamKey, size = WINDOW): AsyncGenerator<KeyWindow> {
  for (let after: string | null = null; ;) {
    const [last]: { itemKey: string }[] = await db
      .select({ itemKey: syncItem.itemKey })
      .from(syncItem)
      .where(and(sameStream(key), after === null ? undefined : gt(syncItem.itemKey, after)))
      .orderBy(syncItem.itemKey)
      .limit(1)
      .offset(size - 1);
    yield { after, upTo: last?.itemKey ?? null };
    if (last === undefined) return;
    after = last.itemKey;
    await new Promise(setImmediate);
  }
}

const within = (key: StreamKey, { after, upTo }: KeyWindow) =>
  and(
    sameStream(key),
    after === null ? undefined : gt(syncItem.itemKey, after),
    upTo === null ? undefined : lte(syncItem.itemKey, upTo),
  );

const unmet = (db: Db, key: StreamKey, runId: string, window: KeyWindow) =>
  and(
    within(key, window),
    // Hidden items cannot be listed by this credential, and pending ones not yet: not meeting them says nothing.
    notInArray(syncItem.state, ["hidden", "gone", "pending"]),
    notExists(
      db
        .select({ one: sql`1` })
        .from(syncSeen)
        .where(
          and(
            eq(syncSeen.runId, runId),
            eq(syncSeen.stream, key.stream),
            eq(syncSeen.itemKey, syncItem.itemKey),
          ),
        ),
    ),
  );

/** How many live items there are, and how many of them the run's enumeration did not meet. */
export async function countUnmet(
  db: Db,
  key: StreamKey,
  runId: string,
): Promise<{ live: number; unmet: number }> {
  const total = { live: 0, unmet: 0 };
  const live = eq(syncItem.state, "live");
  for await (const window of keyWindows(db, key)) {
    const [all] = await db
      .select({ n: count() })
      .from(syncItem)
      .where(and(within(key, window), live));
    const [missing] = await db
      .select({ n: count() })
      .from(syncItem)
      .where(and(unmet(db, key, runId, window), live));
    total.live += all?.n ?? 0;
    total.unmet += missing?.n ?? 0;
  }
  return total;
}

/** Up to `limit` items of a window that the run's enumeration did not meet. */
export function unmetItems(
  db: Db,
  key: StreamKey,
  runId: string,
  window: KeyWindow,
  limit: number,
): Promise<{ itemKey: string; artifactId: string | null }[]> {
  return db
    .select({ itemKey: syncItem.itemKey, artifactId: syncItem.artifactId })
    .from(syncItem)
    .where(unmet(db, key, runId, window))
    .limit(limit);
}
