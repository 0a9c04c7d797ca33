import type { RawSql, SqlNow } from "@/core/models/database";
import { type OAuthFlowTable, openOAuthFlows } from "./oauth-flows";
import { openDatabase } from "./open";
import { openSecretLeases, type SecretLeases } from "./secret-leases";
import { damagedSecrets } from "./storage-error";

/** The secrets were encrypted anew with another key since this process read its own: read the key again. */
export class KeyChangedError extends Error {}

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
  /** @throws KeyChangedError when `sealed` is not of the key that the check value is of. */
  write: (id: string, sealed: string) => Promise<void>;
  /**
   * Puts `sealed` in the place of exactly `before`; false, and nothing done, where something else stands there. Ends the
   * lease of `owner`, if one is named, in the same transaction. @throws KeyChangedError as `write`.
   */
  replace: (id: string, before: string, sealed: string, owner?: string) => Promise<boolean>;
  remove: (ids: readonly string[]) => Promise<void>;
  /** Puts other ciphertexts and another check value in the place of all, durably; false where the key is another now. */
  reseal: (change: Reseal) => Promise<boolean>;
  /** Takes what was replaced out of the write-ahead log as well. */
  wipe: () => Promise<void>;
  flows: OAuthFlowTable;
  leases: SecretLeases;
  close: () => void;
}

export interface Reseal {
  /** The key that the check value has to be of. */
  keyId: string;
  /** The new check value. */
  check: string;
  reseal: (id: string, sealed: string) => string;
  beforeCommit?: () => void;
}

const CHECK = "keyCheck";

/** Opens (and creates, readable by its owner alone) the secrets database at `path`. */
export async function openSecretsDatabase(path: string): Promise<SecretsDatabase> {
  const { db, close } = sayingWhich(path, () => openDatabase(path));
  const raw = ofSecrets(db.raw, path);
  let tables: Pick<SecretsDatabase, "flows" | "leases">;
  try {
    // What is forgotten is also wiped from the file.
    await raw.all("PRAGMA secure_delete = ON");
    await raw.run("CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)");
    await raw.run("CREATE TABLE IF NOT EXISTS secret (id TEXT PRIMARY KEY, sealed TEXT NOT NULL)");
    tables = { flows: await openOAuthFlows(db), leases: await openSecretLeases(db) };
  } catch (error) {
    close();
    throw damagedSecrets(error, path) ?? error;
  }
  return { path, close, ...tables, ...keyCheck(raw), ...ciphertexts(raw), ...sealing(raw) };
}

/** Raw SQL whose errors say that it is the secrets that are damaged: to restore the main database would mend nothing. */
function ofSecrets(raw: RawSql, path: string): RawSql {
  const tell = (error: unknown): never => {
    throw damagedSecrets(error, path) ?? error;
  };
  return {
    ...raw,
    all: (...query) => raw.all(...query).catch(tell),
    run: (...query) => raw.run(...query).catch(tell),
    together: (body) => raw.together(body).catch(tell),
  };
}

function sayingWhich<Result>(path: string, open: () => Result): Result {
  try {
    return open();
  } catch (error) {
    throw damagedSecrets(error, path) ?? error;
  }
}

/** The value of the first row, where it is text. */
async function valueOf(raw: RawSql, sql: string, params: string[]): Promise<string | undefined> {
  const [row] = await raw.all(sql, params);
  const value = row?.["value"];
  return typeof value === "string" ? value : undefined;
}

function keyCheck(raw: RawSql): Pick<SecretsDatabase, "readCheck" | "writeCheck"> {
  return {
    readCheck: () => valueOf(raw, "SELECT value FROM meta WHERE key = ?", [CHECK]),
    writeCheck: async (sealed) => {
      const insert = "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING";
      await raw.run(insert, [CHECK, sealed]);
    },
  };
}

function ciphertexts(raw: RawSql): Pick<SecretsDatabase, "count" | "read" | "write" | "replace" | "remove"> {
  return {
    count: async () => {
      const [row] = await raw.all("SELECT count(*) AS total FROM secret");
      return Number(row?.["total"] ?? 0);
    },
    read: (id) => valueOf(raw, "SELECT sealed AS value FROM secret WHERE id = ?", [id]),
    write: async (id, sealed) => {
      await raw.together((sql) => {
        refuseOtherKey(sql, sealed);
        sql.run(
          "INSERT INTO secret (id, sealed) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed",
          [id, sealed],
        );
      });
    },
    replace: (id, before, sealed, owner) =>
      raw.together((sql) => {
        refuseOtherKey(sql, sealed);
        const set = "UPDATE secret SET sealed = ? WHERE id = ? AND sealed = ?";
        const { changes } = sql.run(set, [sealed, id, before]);
        if (changes > 0 && owner !== undefined)
          sql.run("DELETE FROM secretLease WHERE id = ? AND owner = ?", [id, owner]);
        return changes > 0;
      }),
    remove: async (ids) => {
      await raw.together((sql) => {
        for (const id of ids) sql.run("DELETE FROM secret WHERE id = ?", [id]);
      });
    },
  };
}

function sealing(raw: RawSql): Pick<SecretsDatabase, "reseal" | "wipe"> {
  return {
    reseal: async (change) => {
      // A power cut must not take back what the key file does not know any more.
      await raw.all("PRAGMA synchronous = FULL");
      return raw.together((sql) => resealAll(sql, change));
    },
    wipe: async () => {
      await raw.all("PRAGMA wal_checkpoint(TRUNCATE)");
    },
  };
}

function resealAll(sql: SqlNow, { keyId, check, reseal, beforeCommit }: Reseal): boolean {
  const standing = sql.all("SELECT value FROM meta WHERE key = ?", [CHECK])[0]?.["value"];
  if (typeof standing !== "string" || standing.split(".")[1] !== keyId) return false;
  for (const { id, sealed } of sql.all("SELECT id, sealed FROM secret")) {
    sql.run("UPDATE secret SET sealed = ? WHERE id = ?", [reseal(String(id), String(sealed)), String(id)]);
  }
  sql.run("UPDATE meta SET value = ? WHERE key = ?", [check, CHECK]);
  sql.run(
    `UPDATE oauthFlow SET state = 'failed', message = 'The key was exchanged meanwhile. Start again.', sealed = NULL,
       ticketHash = NULL, stateHash = NULL WHERE sealed IS NOT NULL`,
  );
  beforeCommit?.();
  return true;
}

/** Ciphertexts name their key in their second part (see `services/credentials/cipher.ts`). */
function refuseOtherKey(sql: SqlNow, sealed: string): void {
  const check = sql.all("SELECT value FROM meta WHERE key = ?", [CHECK])[0]?.["value"];
  if (typeof check === "string" && check.split(".")[1] !== sealed.split(".")[1]) throw new KeyChangedError();
}
