import { and, eq, inArray, type SQL } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { mdArtifacts, sourceContext, syncCheckpoint, syncItem, syncTask } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { removeFromIndex } from "@/core/services/index/remove";

const BATCH = 200;

type Owned = PgTable & { integration: PgColumn; account: PgColumn };

/** What the core keeps of an account beside its artifacts and its runs. */
const besides: readonly Owned[] = [syncItem, syncCheckpoint, syncTask, sourceContext];
/** Tables in which an account may have left something. */
export const ownedTables: readonly Owned[] = [mdArtifacts, ...besides];

/**
 * Removes everything the core holds of one account: artifacts with their chunks, vectors and text rows, items,
 * checkpoints, tasks and context. Safe to repeat, to be stopped between two batches, and to be killed in.
 */
export async function purgeCore(
  db: Db,
  integration: string,
  account: string,
  signal?: AbortSignal,
): Promise<void> {
  const owned = (table: Owned): SQL | undefined =>
    and(eq(table.integration, integration), eq(table.account, account));
  for (;;) {
    signal?.throwIfAborted();
    const removed = await db.transaction(async (tx) => {
      const rows = await tx
        .select({ id: mdArtifacts.id })
        .from(mdArtifacts)
        .where(owned(mdArtifacts))
        .limit(BATCH);
      const ids = rows.map((row) => row.id);
      if (ids.length === 0) return 0;
      await removeFromIndex(tx, ids);
      await tx.delete(mdArtifacts).where(inArray(mdArtifacts.id, ids));
      return ids.length;
    });
    if (removed < BATCH) break;
  }
  await db.transaction(async (tx) => {
    for (const table of besides) await tx.delete(table).where(owned(table));
  });
}
