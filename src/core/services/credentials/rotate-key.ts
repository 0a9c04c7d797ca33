/**
 * Exchanges the master key. All secrets are encrypted anew in one transaction, together with the key check value, and the
 * new key is on the disk before that: whenever the program is killed, the old key or the new one opens everything, and
 * the next start, or the same command again, finishes what is left.
 */
import type { Config } from "@/core/config";
import { openSecretsDatabase, type SecretsDatabase } from "@/core/db/secrets";
import { ConfigError } from "@/core/models/errors";
import { type MasterKey, seal, unseal } from "./cipher";
import { adoptNextKey, makeKeyFile, nextKeyPath, parseKey, readKeyFile } from "./key-file";
import { CHECK_IDENTITY, CHECK_TEXT, opensCheck, unlock } from "./master-key";

export interface Rotated {
  /** Secrets that were encrypted anew. */
  secrets: number;
  /** Secrets that did not open with the old key either: their accounts need a reconnect. */
  unreadable: number;
  /** False where an earlier call had done everything but the last step. */
  reencrypted: boolean;
}

export interface RotationOptions {
  /** Set by fault tests only: called between the durable steps. */
  failpoint?: (name: string) => void;
}

type KeyConfig = Pick<Config, "encryptionKey" | "nextEncryptionKey" | "home" | "secretsPath">;

/** @throws ConfigError when the old key does not open the secrets, or the new one is missing or malformed. */
export async function rotateKey(config: KeyConfig, options: RotationOptions = {}): Promise<Rotated> {
  const failpoint = options.failpoint ?? (() => undefined);
  const secrets = await openSecretsDatabase(config.secretsPath);
  try {
    const [before, next] = await keysOf(config, await secrets.readCheck(), async () => {
      const key = await unlock(config, secrets);
      failpoint("key until now read");
      return key;
    });
    failpoint("next key on disk");
    const result = before === undefined ? undefined : await reencrypt(secrets, before, next, failpoint);
    failpoint("encrypted anew");
    // Where another process was quicker, the secrets may be of its key, which is in its place by now.
    const isInUse = opensCheck(next, await secrets.readCheck());
    if (config.encryptionKey === undefined && isInUse) adoptNextKey(config.home, next);
    failpoint("key in place");
    await secrets.wipe();
    failpoint("old ciphertexts wiped");
    return { secrets: 0, unreadable: 0, ...result, reencrypted: result !== undefined };
  } finally {
    secrets.close();
  }
}

/** The key until now, undefined where it is the next one already, and the next one, made durable. */
async function keysOf(
  config: KeyConfig,
  check: string | undefined,
  unlockNow: () => Promise<MasterKey>,
): Promise<[MasterKey | undefined, MasterKey]> {
  if (config.encryptionKey === undefined) {
    if (config.nextEncryptionKey !== undefined) {
      throw new ConfigError("STONETURNER_KEY_NEXT is set, but the key until now is in the key file.", {
        action: "Unset it: the next key is made by itself and takes the file's place.",
      });
    }
    const waiting = readKeyFile(nextKeyPath(config.home));
    if (waiting !== undefined && opensCheck(waiting, check)) return [undefined, waiting];
    const before = await unlockNow();
    return [before, makeKeyFile(nextKeyPath(config.home))];
  }
  if (config.nextEncryptionKey === undefined) {
    throw new ConfigError("The key comes from STONETURNER_KEY, so its successor has to come from you.", {
      action:
        "Set STONETURNER_KEY_NEXT to a new one, e.g. from `openssl rand -base64 32`, and run this again.",
    });
  }
  const next = parseKey(config.nextEncryptionKey, "STONETURNER_KEY_NEXT");
  return opensCheck(next, check) ? [undefined, next] : [await unlockNow(), next];
}

async function reencrypt(
  secrets: SecretsDatabase,
  before: MasterKey,
  next: MasterKey,
  failpoint: (name: string) => void,
): Promise<Pick<Rotated, "secrets" | "unreadable"> | undefined> {
  let [count, unreadable] = [0, 0];
  const isDone = await secrets.reseal({
    keyId: before.id,
    check: seal(next, CHECK_IDENTITY, CHECK_TEXT),
    reseal: (id, sealed) => {
      const plain = unseal(before, id, sealed);
      if (plain === undefined) {
        unreadable++;
        return sealed;
      }
      count++;
      return seal(next, id, plain);
    },
    beforeCommit: () => failpoint("about to commit"),
  });
  return isDone ? { secrets: count, unreadable } : undefined;
}
