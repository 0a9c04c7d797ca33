import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Config } from "@/core/config";
import type { Finding } from "./doctor-finding";

/** Looks at who may read the databases and the key, and who may write them and into the data folder. */
export function checkFiles(config: Config): Finding[] {
  const folder = modeOf(config.home);
  if (folder === undefined) {
    return [{ check: "folder", message: `The data folder ${config.home} will be made at the first start.` }];
  }
  return [
    checkFolder(config.home, folder),
    ...checkPrivate("database", "The database", config.databasePath),
    ...checkPrivate("secrets", "The secrets database", config.secretsPath),
    ...checkKey(config),
    ...checkWritable(config),
  ];
}

/** A database that may only be read serves what is there, and every sync fails. */
function checkWritable({ home, databasePath, secretsPath }: Config): Finding[] {
  const paths = new Set([home, dirname(databasePath), databasePath, secretsPath]);
  const locked = [...paths].filter((path) => existsSync(path) && !mayWrite(path));
  if (locked.length === 0) return [{ check: "writable", message: "This user can write all of it." }];
  return locked.map((path) => ({
    check: "writable",
    message: `This user cannot write ${path}.`,
    fix: "Give this user the right to write it; a disk that is mounted read-only has to be mounted anew.",
  }));
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function checkFolder(path: string, mode: number): Finding {
  if ((mode & 0o022) === 0) {
    return { check: "folder", message: `Only its owner can write into the data folder ${path}.` };
  }
  const message = `Other users of this machine can write into the data folder ${path}.`;
  return { check: "folder", message, fix: `Run: chmod go-w "${path}"` };
}

function checkPrivate(check: string, name: string, path: string): Finding[] {
  const mode = modeOf(path);
  if (mode === undefined) return [];
  if ((mode & 0o077) === 0) return [{ check, message: `${name} can be read by its owner alone.` }];
  return [{ check, message: `${name} can be read by others: ${path}.`, fix: `Run: chmod 600 "${path}"` }];
}

function checkKey(config: Config): Finding[] {
  const path = join(config.home, "stoneturner.key");
  if (config.encryptionKey !== undefined) {
    return [{ check: "key", message: "The encryption key comes from STONETURNER_KEY." }];
  }
  if (modeOf(path) !== undefined) {
    return [...checkPrivate("key", "The key file", path), ...checkRotation(path)];
  }
  if (modeOf(config.secretsPath) === undefined) return [];
  return [
    {
      check: "key",
      message: `The key file ${path} is missing, and stored secrets cannot be read without it.`,
      fix: "Put the key file back, set STONETURNER_KEY, or connect the accounts anew.",
    },
  ];
}

/** A next key beside the key: an exchange was begun and has not come to its end. Either key still opens everything. */
function checkRotation(keyPath: string): Finding[] {
  if (modeOf(`${keyPath}.next`) === undefined) return [];
  const message = "An exchange of the key was begun and has not come to its end.";
  return [{ check: "key rotation", message, fix: "Run: stoneturner key rotate" }];
}

/** Permission bits, or undefined when there is no such file. On Windows they say nothing and count as private. */
function modeOf(path: string): number | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  return process.platform === "win32" ? 0 : stat.mode & 0o777;
}
