/** Items that stand for the same artifact: of two streams, or old and new of one that moved. */
import { and, eq, inArray, ne } from "drizzle-orm";
import { syncItem } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import type { StreamKey } from "./sync-state";

export type Holder = Pick<typeof syncItem.$inferSelect, "stream" | "itemKey" | "stamp" | "updatedAt"> & {
  artifactId: string;
};

/** Live items, of whatever stream, that stand for these artifacts. */
export async function holdersOf(tx: Db, artifactIds: readonly string[]): Promise<Holder[]> {
  if (artifactIds.length === 0) return [];
  const rows = await tx
    .select({
      stream: syncItem.stream,
      itemKey: syncItem.itemKey,
      stamp: syncItem.stamp,
      updatedAt: syncItem.updatedAt,
      artifactId: syncItem.artifactId,
    })
    .from(syncItem)
    .where(and(inArray(syncItem.artifactId, [...artifactIds]), eq(syncItem.state, "live")));
  return rows.flatMap((row) => (row.artifactId === null ? [] : [{ ...row, artifactId: row.artifactId }]));
}

/** Forgets items of other streams that stand for these artifacts. */
export async function forgetElsewhere(tx: Db, key: StreamKey, artifactIds: readonly string[]): Promise<void> {
  if (artifactIds.length === 0) return;
  await tx
    .delete(syncItem)
    .where(and(inArray(syncItem.artifactId, [...artifactIds]), ne(syncItem.stream, key.stream)));
}
