/** Who renews which secret right now, in the secrets database: one at a time, also across processes. */
import type { Db, SqlRow } from "@/core/models/database";

export interface LeaseHolder {
  owner: string;
  since: string;
}

export interface SecretLeases {
  /** Takes the lease of `id` unless somebody has it whom `isGone` does not give up. Says who had it and is gone. */
  take: (
    id: string,
    owner: string,
    now: string,
    isGone: (holder: LeaseHolder) => boolean,
  ) => Promise<{ taken: boolean; left?: LeaseHolder | undefined }>;
  release: (id: string, owner: string) => Promise<void>;
}

/** Makes the table where it is missing. */
export async function openSecretLeases(db: Db): Promise<SecretLeases> {
  await db.raw.run(
    "CREATE TABLE IF NOT EXISTS secretLease (id TEXT PRIMARY KEY, owner TEXT NOT NULL, since TEXT NOT NULL)",
  );
  return {
    take: (id, owner, now, isGone) =>
      db.raw.together((sql) => {
        const holder = holderIn(sql.all("SELECT owner, since FROM secretLease WHERE id = ?", [id])[0]);
        if (holder !== undefined && !isGone(holder)) return { taken: false };
        sql.run(
          `INSERT INTO secretLease (id, owner, since) VALUES (?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, since = excluded.since`,
          [id, owner, now],
        );
        return { taken: true, left: holder };
      }),
    release: async (id, owner) => {
      await db.raw.run("DELETE FROM secretLease WHERE id = ? AND owner = ?", [id, owner]);
    },
  };
}

function holderIn(row: SqlRow | undefined): LeaseHolder | undefined {
  return row === undefined ? undefined : { owner: String(row["owner"]), since: String(row["since"]) };
}
