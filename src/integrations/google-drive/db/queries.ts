/** Rows of files, folders, shortcuts and shared drives. */
import { and, eq, inArray, isNotNull } from "drizzle-orm";
import { removeOwnRows, saveOwnRows } from "@/core/db/own-rows";
import type { Db } from "@/core/models/database";
import { plainLine } from "@/lib/clean-text";
import { toIso } from "@/lib/time";
import { type DriveFile, FOLDER, SHORTCUT } from "../models/models";
import { driveFile, driveShared } from "./schema";

export async function saveFiles(tx: Db, account: string, files: readonly DriveFile[]): Promise<void> {
  const rows = files.map((file) => rowOf(account, file));
  await saveOwnRows(tx, driveFile, driveFile.fileId, rows);
}

export async function removeFiles(tx: Db, account: string, ids: readonly string[]): Promise<void> {
  await removeOwnRows(tx, driveFile, driveFile.fileId, account, ids);
}

/** What a full listing begins with: places are learned anew, and the shared drives there are. */
export async function beginPlaces(
  tx: Db,
  account: string,
  drives: readonly { id: string; name: string }[],
): Promise<void> {
  const places = inArray(driveFile.mimeType, [FOLDER, SHORTCUT]);
  await tx.delete(driveFile).where(and(eq(driveFile.account, account), places));
  await tx.delete(driveShared).where(eq(driveShared.account, account));
  await saveDrives(tx, account, drives);
}

export async function saveDrives(
  tx: Db,
  account: string,
  drives: readonly { id: string; name: string }[],
): Promise<void> {
  const rows = drives.map(({ id, name }) => ({ account, driveId: id, name: plainLine(name) }));
  await saveOwnRows(tx, driveShared, driveShared.driveId, rows);
}

export async function removeDrives(tx: Db, account: string, ids: readonly string[]): Promise<void> {
  await removeOwnRows(tx, driveShared, driveShared.driveId, account, ids);
}

export async function folderRows(db: Db, account: string) {
  const { fileId, name, parentId } = driveFile;
  const ofAccount = and(eq(driveFile.account, account), eq(driveFile.mimeType, FOLDER));
  return db.select({ fileId, name, parentId }).from(driveFile).where(ofAccount);
}

export async function driveRows(db: Db, account: string) {
  const { driveId, name } = driveShared;
  return db.select({ driveId, name }).from(driveShared).where(eq(driveShared.account, account));
}

/** What shortcuts lead to. */
export async function shortcutTargets(db: Db, account: string): Promise<string[]> {
  const ofAccount = and(eq(driveFile.account, account), isNotNull(driveFile.targetId));
  const rows = await db.selectDistinct({ id: driveFile.targetId }).from(driveFile).where(ofAccount);
  return rows.flatMap(({ id }) => id ?? []).sort();
}

/**
 * Everything known in a folder, at any depth, the folder itself left out.
 *
 * @param elsewhere ids of what is known to lie there no more, with all that lies in it.
 */
export async function insideOf(
  db: Db,
  account: string,
  folder: string,
  elsewhere: ReadonlySet<string>,
): Promise<string[]> {
  const found = new Set<string>();
  for (let level = [folder]; level.length > 0;) {
    const rows = await db
      .select({ id: driveFile.fileId })
      .from(driveFile)
      .where(and(eq(driveFile.account, account), inArray(driveFile.parentId, level.slice(0, 400))));
    const fresh = rows.map(({ id }) => id).filter((id) => !found.has(id) && !elsewhere.has(id));
    for (const id of fresh) found.add(id);
    level = [...level.slice(400), ...fresh];
  }
  return [...found];
}

/** Everything known in a shared drive. */
export async function inDrive(db: Db, account: string, driveId: string): Promise<string[]> {
  const ofDrive = and(eq(driveFile.account, account), eq(driveFile.driveId, driveId));
  return (await db.select({ id: driveFile.fileId }).from(driveFile).where(ofDrive)).map(({ id }) => id);
}

function rowOf(account: string, file: DriveFile): typeof driveFile.$inferInsert {
  const { owners, lastModifyingUser: editor } = file;
  const nameOf = (person: (typeof owners)[number] | undefined | null) =>
    person?.displayName ?? person?.emailAddress ?? null;
  return {
    account,
    fileId: file.id,
    name: plainLine(file.name, 500),
    mimeType: file.mimeType,
    parentId: file.parents[0] ?? null,
    driveId: file.driveId ?? null,
    owner: nameOf(owners[0]),
    lastEditor: nameOf(editor),
    createdAt: toIso(file.createdTime) ?? null,
    modifiedAt: toIso(file.modifiedTime) ?? null,
    size: file.size ? Number(file.size) : null,
    shared: file.shared ?? null,
    starred: file.starred ?? null,
    targetId: file.shortcutDetails?.targetId ?? null,
    description: file.description ?? null,
    properties: file.properties ?? null,
    url: file.webViewLink ?? null,
  };
}
