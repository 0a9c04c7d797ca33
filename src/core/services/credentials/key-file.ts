import { randomBytes, randomUUID } from "node:crypto";
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { ConfigError } from "@/core/models/errors";
import { KEY_BYTES, type MasterKey, masterKey } from "./cipher";

const takes = "It takes 32 bytes as base64 or as 64 hexadecimal digits; `openssl rand -base64 32` makes one.";

/** Where the key is kept when none is configured. */
export function keyFilePath(home: string): string {
  return join(home, "stoneturner.key");
}

/** Where the next key waits while the key is exchanged. */
export function nextKeyPath(home: string): string {
  return `${keyFilePath(home)}.next`;
}

/** Puts `next`, the next key, in the key's place, durably. Does nothing where another process has done so. */
export function adoptNextKey(home: string, next: MasterKey): void {
  try {
    // A later exchange may have begun, whose key opens nothing yet.
    if (readKeyFile(nextKeyPath(home))?.id !== next.id) return;
    renameSync(nextKeyPath(home), keyFilePath(home));
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  const folder = openSync(home, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/**
 * A master key from its text.
 *
 * @throws ConfigError naming `origin` when it is not 32 bytes of base64 or hexadecimal.
 */
export function parseKey(text: string, origin: string): MasterKey {
  const trimmed = text.trim();
  if (/^[0-9a-f]{64}$/i.test(trimmed)) return masterKey(Buffer.from(trimmed, "hex"));
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed)) {
    const bytes = Buffer.from(trimmed.replaceAll("-", "+").replaceAll("_", "/"), "base64");
    if (bytes.byteLength === KEY_BYTES) return masterKey(bytes);
  }
  throw new ConfigError(`${origin} does not hold an encryption key.`, { action: takes });
}

/** The key in the file, or undefined when there is no such file. Takes reading rights from everyone but the owner. */
export function readKeyFile(path: string): MasterKey | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new ConfigError(`The key file ${path} cannot be read.`, {
      action: "Make it readable for the user that runs Stoneturner.",
      cause: error,
    });
  }
  if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
  return parseKey(text, `The key file ${path}`);
}

/** Makes a key file, or reads the one that another process made first. Never replaces one. */
export function makeKeyFile(path: string): MasterKey {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomUUID()}`;
  const file = openSync(draft, "wx", 0o600);
  try {
    writeSync(file, `${randomBytes(KEY_BYTES).toString("base64")}\n`);
    fsyncSync(file);
    // A link appears whole or not at all, and fails where a file is already.
    linkSync(draft, path);
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
  } finally {
    closeSync(file);
    unlinkSync(draft);
  }
  const key = readKeyFile(path);
  if (key === undefined)
    throw new ConfigError(`The key file ${path} went away while it was being made.`, {
      action: "Start again; nothing was sealed with it.",
    });
  return key;
}

const isMissing = (error: unknown) => hasCode(error, "ENOENT");

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
