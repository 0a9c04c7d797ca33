import { and, eq, gte, inArray, lt, ne } from "drizzle-orm";
import { removeOwnRows, upsertRows } from "@/core/db/own-rows";
import type { Db } from "@/core/models/database";
import type { KnownContent } from "../models/models";
import { filesFile } from "./schema";

/** A row of `filesFile`, to be written. */
export type FileRow = typeof filesFile.$inferInsert;

/** Writes rows; a row of the same account and key is replaced. */
export function saveFiles(tx: Db, rows: readonly FileRow[]): Promise<void> {
  return upsertRows(tx, filesFile, rows);
}

/** Removes the rows of these keys. */
export function removeFiles(tx: Db, account: string, keys: readonly string[]): Promise<void> {
  return removeOwnRows(tx, filesFile, filesFile.key, account, keys);
}

/** What is remembered of the content of these keys. */
export async function knownContents(
  db: Db,
  account: string,
  keys: readonly string[],
): Promise<Map<string, KnownContent>> {
  const rows = await db
    .select({ key: filesFile.key, hash: filesFile.hash, artifactDate: filesFile.artifactDate })
    .from(filesFile)
    .where(and(eq(filesFile.account, account), inArray(filesFile.key, [...keys])));
  return new Map(rows.map(({ key, ...known }) => [key, known]));
}

/**
 * Says whether an empty folder (relative; empty for the connected folder itself), which lies on `device`, is where
 * a drive was mounted when files below it were read. Then those files are not gone, but out of reach.
 */
export async function isUnmounted(db: Db, account: string, folder: string, device: string): Promise<boolean> {
  // The system may number its drives anew at every start, so below the top the mark made while reading decides.
  // "0" is the character after "/": the range is everything below the folder.
  const elsewhere =
    folder === ""
      ? [ne(filesFile.device, device)]
      : [eq(filesFile.otherDrive, true), gte(filesFile.key, `${folder}/`), lt(filesFile.key, `${folder}0`)];
  const rows = await db
    .select({ key: filesFile.key })
    .from(filesFile)
    .where(and(eq(filesFile.account, account), ...elsewhere))
    .limit(1);
  return rows.length > 0;
}
