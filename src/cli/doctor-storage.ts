/** Looks at the database files themselves, read-only: before anything opens them that would bring them up to date. */
import { statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Config } from "@/core/config";
import { isOlder } from "@/core/db/migrate";
import { openReader } from "@/core/db/open";
import { fileProblems, hasAccounts, integrityProblems } from "@/core/db/queries/health";
import { damagedSecrets, storageErrorOf } from "@/core/db/storage-error";
import type { Db } from "@/core/models/database";
import { messageOf } from "@/core/models/errors";
import type { Finding } from "./doctor-finding";
import { oneLine } from "./text";

const restore =
  "Stop the server, restore the newest good backup, and sync again: stoneturner restore FILE (the 'backups' folder may have one)";
const connectAnew = "Put a copy of it back, or move it away and connect the accounts again.";

export interface StoredFindings {
  findings: Finding[];
  /** Whether the program can be opened on these files without making or changing any. */
  asTheyShouldBe: boolean;
}

/** Whether the two databases are there, whole and of this version. */
export async function checkStored(config: Config): Promise<StoredFindings> {
  const { databasePath, secretsPath } = config;
  const hasSecrets = sizeOf(secretsPath) !== undefined;
  if ((sizeOf(databasePath) ?? 0) === 0) {
    return { findings: [withoutDatabase(databasePath, hasSecrets)], asTheyShouldBe: false };
  }
  const { findings, asTheyShouldBe } = await checkMain(config, hasSecrets);
  const secrets = hasSecrets ? await checkSecrets(secretsPath) : [];
  const isSound = hasSecrets && secrets.length === 0;
  return { findings: [...findings, ...secrets], asTheyShouldBe: asTheyShouldBe && isSound };
}

async function checkMain(config: Config, hasSecrets: boolean): Promise<StoredFindings> {
  try {
    const { db, close } = openReader(config.databasePath);
    try {
      const findings = await checkIntegrity(db);
      if (!hasSecrets) findings.push(await withoutSecrets(db, config));
      const older = await isOlder(db, join(config.projectRoot, "migrations"));
      const message = "The database is of an older version; the next start brings it up to date.";
      if (older) findings.push({ check: "version", message });
      return { findings, asTheyShouldBe: !older };
    } finally {
      close();
    }
  } catch (error) {
    const message = `The database cannot be read: ${reasonOf(error)}`;
    return { findings: [{ check: "integrity", message, fix: fixOf(error) }], asTheyShouldBe: false };
  }
}

function withoutDatabase(path: string, hasSecrets: boolean): Finding {
  const check = "database";
  if (!hasSecrets) {
    return { check, message: `There is no database in ${dirname(path)} yet; the first start makes it.` };
  }
  return {
    check,
    message: `There is no database at ${path}, although this data folder was used before.`,
    fix: "Put it back, or restore the newest backup: stoneturner restore FILE. The next start makes an empty one.",
  };
}

async function checkIntegrity(db: Db): Promise<Finding[]> {
  const { database, fullText } = await integrityProblems(db);
  const damaged = (what: string, problems: readonly string[]): Finding[] =>
    problems.length === 0
      ? []
      : [
          {
            check: "integrity",
            message: `The ${what} is damaged: ${oneLine(problems.slice(0, 3).join("; "))}.`,
            fix: restore,
          },
        ];
  const findings = [...damaged("database", database), ...damaged("full text index", fullText)];
  return findings.length > 0 ? findings : [{ check: "integrity", message: "The database is sound." }];
}

async function checkSecrets(path: string): Promise<Finding[]> {
  try {
    const { db, close } = openReader(path);
    const found = await fileProblems(db).finally(close);
    if (found.length === 0) return [];
    const message = `The secrets database is damaged: ${oneLine(found.join("; "))}.`;
    return [{ check: "secrets", message, fix: connectAnew }];
  } catch (error) {
    const damage = damagedSecrets(error, path);
    if (damage !== undefined) return [{ check: "secrets", message: damage.message, fix: connectAnew }];
    const message = `The secrets database ${path} cannot be read: ${reasonOf(error)}`;
    return [{ check: "secrets", message, fix: fixOf(error) }];
  }
}

async function withoutSecrets(db: Db, { secretsPath }: Config): Promise<Finding> {
  const check = "secrets";
  if (!(await hasAccounts(db))) return { check, message: "The next start makes the secrets database." };
  return {
    check,
    message: `The secrets database ${secretsPath} is missing, and with it what the connected accounts log in with.`,
    fix: "Put a copy of it back, with the key that belongs to it, or connect the accounts again.",
  };
}

/** Whoever cannot read the file does not mend it by going back to an older one. */
function fixOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return restore;
  return "Give this user the right to read and write it and its folder, and the disk room.";
}

const reasonOf = (error: unknown) => storageErrorOf(error)?.message ?? messageOf(error);

/** @throws what the system says where the folder may not be looked into */
function sizeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size;
}
