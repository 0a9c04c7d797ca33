import { openDatabase } from "./open";

/**
 * The database file of secrets: ciphertexts by record id, and the key check value. It is a file of its own so that
 * nothing that reads the main database, SQL for agents and backups included, can ever meet a secret.
 */
export interface SecretsDatabase {
  path: string;
  readCheck: () => Promise<string | undefined>;
  /** Writes the key check value unless there is one. */
  writeCheck: (sealed: string) => Promise<void>;
  count: () => Promise<number>;
  read: (id: string) => Promise<string | undefined>;
  write: (id: string, sealed: string) => Promise<void>;
  remove: (ids: readonly string[]) => Promise<void>;
  close: () => void;
}

const CHECK = "keyCheck";

/** Opens (and creates, readable by its owner alone) the secrets database at `path`. */
export async function openSecretsDatabase(path: string): Promise<SecretsDatabase> {
  const { db, close } = openDatabase(path);
  const { raw } = db;
  try {
    // What is forgotten is also wiped from the file.
    await raw.all("PRAGMA secure_delete = ON");
    await raw.run("CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)");
    await raw.run("CREATE TABLE IF NOT EXISTS secret (id TEXT PRIMARY KEY, sealed TEXT NOT NULL)");
  } catch (error) {
    close();
    throw error;
  }
  const one = async (sql: string, params: string[]) => {
    const [row] = await raw.all(sql, params);
    const value = row?.["value"];
    return typeof value === "string" ? value : undefined;
  };
  return {
    path,
    close,
    readCheck: () => one("SELECT value FROM meta WHERE key = ?", [CHECK]),
    writeCheck: async (sealed) => {
      await raw.run("INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING", [
        CHECK,
        sealed,
      ]);
    },
    count: async () => {
      const [row] = await raw.all("SELECT count(*) AS total FROM secret");
      return Number(row?.["total"] ?? 0);
    },
    read: (id) => one("SELECT sealed AS value FROM secret WHERE id = ?", [id]),
    write: async (id, sealed) => {
      await raw.run(
        "INSERT INTO secret (id, sealed) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed",
        [id, sealed],
      );
    },
    remove: async (ids) => {
      await db.transaction(async (tx) => {
        for (const id of ids) await tx.raw.run("DELETE FROM secret WHERE id = ?", [id]);
      });
    },
  };
}
