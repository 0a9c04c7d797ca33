/** Rows of sites, drives, items and pages. */
import { and, eq, gt, inArray, isNull, ne, or, type SQL } from "drizzle-orm";
import { removeOwnRows, rowsOfAccount, saveOwnRows } from "@/core/db/own-rows";
import type { Db } from "@/core/models/database";
import { plainLine } from "@/lib/clean-text";
import { toIso } from "@/lib/time";
import { type DriveItem, nameOf } from "../models/models";
import { sharepointDrive, sharepointItem, sharepointSite } from "./schema";

export type ItemRow = typeof sharepointItem.$inferSelect;
export type DriveRow = typeof sharepointDrive.$inferSelect;
export type SiteRow = typeof sharepointSite.$inferSelect;

/** Whose rows they are, and of which drive. */
export interface Place {
  account: string;
  driveId: string;
}

export const keyOf = (driveId: string, itemId: string) => `${driveId}:${itemId}`;
const LARGEST = 2 ** 53 - 1;

export const knownSites = (db: Db, account: string) => rowsOfAccount(db, sharepointSite, account);
export const knownDrives = (db: Db, account: string) => rowsOfAccount(db, sharepointDrive, account);

export async function knownDrive(db: Db, { account, driveId }: Place): Promise<DriveRow | undefined> {
  const where = eq(sharepointDrive.driveId, driveId);
  const [row] = await rowsOfAccount(db, sharepointDrive, account, { where });
  return row;
}

export const saveSites = (tx: Db, rows: readonly SiteRow[]) =>
  saveOwnRows(tx, sharepointSite, sharepointSite.siteId, rows);
export const saveDrive = (tx: Db, row: DriveRow) =>
  saveOwnRows(tx, sharepointDrive, sharepointDrive.driveId, [row]);
export const forgetSite = (tx: Db, account: string, siteId: string) =>
  removeOwnRows(tx, sharepointSite, sharepointSite.siteId, account, [siteId]);

export const saveItems = (tx: Db, rows: readonly ItemRow[]) =>
  saveOwnRows(tx, sharepointItem, sharepointItem.itemKey, rows);
export const removeItems = (tx: Db, account: string, keys: readonly string[]) =>
  removeOwnRows(tx, sharepointItem, sharepointItem.itemKey, account, keys);

const ofDrive = ({ account, driveId }: Place, ...more: (SQL | undefined)[]) =>
  and(eq(sharepointItem.account, account), eq(sharepointItem.driveId, driveId), ...more);
const isFile = eq(sharepointItem.kind, "file");

/** Folders, notebooks and shortcuts of a drive. */
export const placesIn = (db: Db, place: Place): Promise<ItemRow[]> =>
  db
    .select()
    .from(sharepointItem)
    .where(ofDrive(place, ne(sharepointItem.kind, "file")));

export const shortcutsOf = (db: Db, account: string): Promise<ItemRow[]> =>
  rowsOfAccount(db, sharepointItem, account, { where: eq(sharepointItem.kind, "shortcut") });

/** All rows of a drive, so many at a time. */
export async function* itemsIn(db: Db, place: Place, limit: number): AsyncGenerator<ItemRow[]> {
  for (let [last, met] = ["", limit]; met === limit;) {
    const where = and(eq(sharepointItem.driveId, place.driveId), gt(sharepointItem.itemKey, last));
    const rows = await rowsOfAccount(db, sharepointItem, place.account, { where, limit });
    if (rows.length > 0) yield rows;
    last = rows.at(-1)?.itemKey ?? "";
    met = rows.length;
  }
}

/**
 * Everything known below some folders, at any depth, they themselves left out.
 *
 * @param elsewhere ids of what lies there no more, with all that lies in it.
 */
export async function below(
  db: Db,
  place: Place,
  folders: readonly string[],
  elsewhere: ReadonlySet<string>,
): Promise<ItemRow[]> {
  const found = new Map<string, ItemRow>();
  for (let level = [...folders]; level.length > 0;) {
    const inside = ofDrive(place, inArray(sharepointItem.parentId, level.slice(0, 400)));
    const rows = await db.select().from(sharepointItem).where(inside);
    const fresh = rows.filter(({ itemId }) => !found.has(itemId) && !elsewhere.has(itemId));
    for (const row of fresh) found.set(row.itemId, row);
    level = [...level.slice(400), ...fresh.map(({ itemId }) => itemId)];
  }
  return [...found.values()];
}

/** Folders and shortcuts that a full listing, which has come to its end, did not meet. */
export async function forgetUnlisted(tx: Db, place: Place, runId: string): Promise<void> {
  const unmet = or(isNull(sharepointItem.listedRun), ne(sharepointItem.listedRun, runId));
  await tx.delete(sharepointItem).where(ofDrive(place, ne(sharepointItem.kind, "file"), unmet));
}

/** What is left of a drive that is no longer read, once none of its files is served. */
export async function forgetEmptyDrive(tx: Db, place: Place): Promise<void> {
  if ((await tx.$count(sharepointItem, ofDrive(place, isFile))) > 0) return;
  await tx.delete(sharepointItem).where(ofDrive(place));
  await removeOwnRows(tx, sharepointDrive, sharepointDrive.driveId, place.account, [place.driveId]);
}

/** @param listedRun the full sync that lists it; null in others. */
export function rowOf({ account, driveId }: Place, item: DriveItem, listedRun: string | null): ItemRow {
  const { remoteItem, file } = item;
  const kind = kindOf(item);
  const hash = file?.hashes?.["quickXorHash"] ?? file?.hashes?.["sha256Hash"];
  return {
    account,
    itemKey: keyOf(driveId, item.id),
    driveId,
    itemId: item.id,
    kind,
    name: plainLine(item.name ?? "", 500),
    parentId: item.parentReference?.id ?? null,
    mimeType: file?.mimeType ?? null,
    size: kind === "file" ? Math.min(LARGEST, item.size ?? 0) : null,
    createdBy: nameOf(item.createdBy) ?? null,
    createdAt: toIso(item.createdDateTime) ?? null,
    editedBy: nameOf(item.lastModifiedBy) ?? null,
    editedAt: kind === "file" ? (toIso(item.lastModifiedDateTime) ?? null) : null,
    description: item.description ?? null,
    url: item.webUrl ?? null,
    contentMark: kind === "file" ? (typeof hash === "string" ? hash : (item.eTag ?? null)) : null,
    targetDriveId: remoteItem?.parentReference?.driveId ?? null,
    targetId: remoteItem?.id ?? null,
    targetIsFolder: remoteItem ? Boolean(remoteItem.folder) : null,
    listedRun: kind === "file" ? null : listedRun,
  };
}

function kindOf({ remoteItem, package: notebook, folder, file }: DriveItem): string {
  if (remoteItem) return "shortcut";
  if (notebook) return "notebook";
  if (folder) return "folder";
  return file ? "file" : "other";
}
