import type { Config } from "@/core/config";
import type { SecretsDatabase } from "@/core/db/secrets";
import { ConfigError } from "@/core/models/errors";
import { type MasterKey, seal, unseal } from "./cipher";
import { adoptNextKey, keyFilePath, makeKeyFile, nextKeyPath, parseKey, readKeyFile } from "./key-file";

export const CHECK_IDENTITY = "key check";
export const CHECK_TEXT = "this key opens these secrets";

/**
 * The key of this secrets database: `STONETURNER_KEY`, else the key file, which is made when the database is new.
 * A key check value kept beside the secrets tells a wrong key before anything is read or written with it.
 *
 * `onFirstUse` is called once in the life of a secrets database: when its key is laid down.
 *
 * @throws ConfigError when the key is missing, malformed or another one; nothing has been changed then.
 */
export async function unlock(
  config: Pick<Config, "encryptionKey" | "home">,
  secrets: SecretsDatabase,
  onFirstUse: () => Promise<void> = async () => {},
): Promise<MasterKey> {
  const path = keyFilePath(config.home);
  const check = await secrets.readCheck();
  // The next key first: it is on the disk before the check is of it, and takes the other one's place afterwards.
  const next = config.encryptionKey === undefined ? readKeyFile(nextKeyPath(config.home)) : undefined;
  const given =
    config.encryptionKey === undefined
      ? readKeyFile(path)
      : parseKey(config.encryptionKey, "STONETURNER_KEY");
  const origin = config.encryptionKey === undefined ? `The key file ${path}` : "STONETURNER_KEY";
  if (check !== undefined) {
    if (next !== undefined && opensCheck(next, check)) {
      // The program was killed between the two last steps of an exchange of the key.
      adoptNextKey(config.home, next);
      return next;
    }
    // Another process has exchanged the key between the two looks.
    const isOld = (given === undefined || !opensCheck(given, check)) && (await secrets.readCheck()) !== check;
    return isOld ? unlock(config, secrets, onFirstUse) : verify(given, check, origin, secrets.path);
  }
  if ((await secrets.count()) > 0) {
    throw new ConfigError(`The secrets database ${secrets.path} has lost its key check value.`, {
      action: "Restore it from a backup, or move it away and connect the accounts again.",
    });
  }
  const key = given ?? makeKeyFile(path);
  await secrets.writeCheck(seal(key, CHECK_IDENTITY, CHECK_TEXT));
  // Another process may have written its own check first; then that one counts.
  verify(key, (await secrets.readCheck()) ?? "", origin, secrets.path);
  await onFirstUse();
  return key;
}

/** Whether `check`, the key check value, is of this key. */
export function opensCheck(key: MasterKey, check: string | undefined): boolean {
  return check !== undefined && unseal(key, CHECK_IDENTITY, check) === CHECK_TEXT;
}

function verify(key: MasterKey | undefined, check: string, origin: string, secretsPath: string): MasterKey {
  if (key === undefined) {
    throw new ConfigError(`${origin} is missing, and the secrets in ${secretsPath} need it.`, {
      action: "Put the key file back, or set STONETURNER_KEY to the key that was used before.",
    });
  }
  if (!opensCheck(key, check)) {
    throw new ConfigError(
      `${origin} is not the key that the secrets in ${secretsPath} were encrypted with.`,
      {
        action: "Use the key from before. Nothing was changed.",
      },
    );
  }
  return key;
}
