import { and, eq, inArray, type SQL } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { mdArtifacts, sourceContext, syncCheckpoint, syncItem, syncTask } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { removeFromIndex } from "@/core/services/index/remove";

const BATCH = 200;

/**
 * Removes everything the core holds of an integration, or of one of its accounts: artifacts with their chunks,
 * vectors and text rows, items, checkpoints, tasks and context. Safe to repeat, and to be killed in.
 */
export async function purgeCore(db: Db, integration: string, account?: string): Promise<void> {
  const owned = (table: { integration: PgColumn; account: PgColumn }): SQL | undefined =>
    account === undefined
      ? eq(table.integration, integration)
      : and(eq(table.integration, integration), eq(table.account, account));
  for (;;) {
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
    const tables: (PgTable & { integration: PgColumn; account: PgColumn })[] = [
      syncItem,
      syncCheckpoint,
      syncTask,
      sourceContext,
    ];
    for (const table of tables) await tx.delete(table).where(owned(table));
  });
}
