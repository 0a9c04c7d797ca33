/**
 * An index of an earlier version stays in use and is renewed piece by piece: some artifacts at a time wait to be indexed
 * anew, and each is served as it was until its new rows are written. What is older is told by its number: numbers only
 * grow, so it is whatever is not above the largest one there was when this version took over. Killed or without room on
 * the disk, it stands where it is, and search answers from both.
 */
import type { Db } from "@/core/models/database";

/** Largest number of an artifact that an earlier version indexed; without it, there is nothing to renew. */
const olderToKey = "searchIndexOlderTo";

/** Lets everything that is in the index now count as older. In the transaction that takes over an earlier version's tables. */
export async function startRenewal(tx: Db): Promise<void> {
  const [row] = await tx.raw.all(`SELECT coalesce(max(no), 0) AS no FROM searchArtifact`);
  await keepSetting(tx, olderToKey, String(row?.["no"]));
}

/** The number up to which artifacts are an earlier version's, or undefined when the index is of one version. */
export async function olderTo(db: Db): Promise<number | undefined> {
  const [row] = await db.raw.all(`SELECT value FROM setting WHERE "key" = ?`, [olderToKey]);
  return row === undefined ? undefined : Number(row["value"]);
}

/** How many artifacts are still as an earlier version indexed them. */
export async function countOlder(db: Db): Promise<number> {
  const last = await olderTo(db);
  if (last === undefined) return 0;
  const [row] = await db.raw.all(`SELECT count(*) AS n FROM searchArtifact WHERE no <= ?`, [last]);
  return Number(row?.["n"]);
}

/** Older artifacts that were sent to be indexed anew. */
export interface SentOlder {
  /** Where the next ones begin. */
  last: number;
  integrations: string[];
}

/**
 * Sends the next older artifacts after the one numbered `after` to the index: they wait, with insights that an earlier
 * version made offline. They stay in view.
 *
 * @returns undefined when there are none.
 */
export async function sendOlder(db: Db, after: number, limit: number): Promise<SentOlder | undefined> {
  return db.transaction(async (tx) => {
    const rows = await tx.raw.all(
      `SELECT no, artifactId, integration FROM searchArtifact WHERE no > ? AND no <= ? ORDER BY no LIMIT ?`,
      [after, (await olderTo(tx)) ?? 0, limit],
    );
    if (rows.length === 0) return undefined;
    await tx.raw.run(
      `UPDATE mdArtifacts SET indexedHash = NULL,
         insightHash = CASE WHEN insightState = 'offline' THEN NULL ELSE insightHash END
       WHERE id IN (SELECT value FROM json_each(?)) AND deletedAt IS NULL AND indexedHash IS NOT NULL`,
      [JSON.stringify(rows.map((row) => row["artifactId"]))],
    );
    return {
      last: Number(rows.at(-1)?.["no"]),
      integrations: [...new Set(rows.map((row) => String(row["integration"])))],
    };
  });
}

/** Says that nothing is older any more, unless a still newer version has taken over since `upTo` was read. */
export async function endRenewal(db: Db, upTo?: number): Promise<void> {
  await db.raw.run(`DELETE FROM setting WHERE "key" = ? AND value = coalesce(?, value)`, [
    olderToKey,
    upTo === undefined ? null : String(upTo),
  ]);
}

/** Writes a row of `setting` in the caller's transaction. */
export async function keepSetting(tx: Db, key: string, value: string): Promise<void> {
  await tx.raw.run(
    `INSERT INTO setting ("key", value) VALUES (?, ?) ON CONFLICT ("key") DO UPDATE SET value = excluded.value`,
    [key, value],
  );
}
