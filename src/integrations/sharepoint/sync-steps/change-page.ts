/** One answer of a drive's list of changes as pages: what lies in folders that moved, then what changed itself. */
import type { JsonValue } from "@/core/models/artifact";
import type { Db } from "@/core/models/database";
import type { Page } from "@/core/services/sync/stream";
import { batches } from "@/lib/batches";
import { below, type ItemRow, keyOf, type Place, removeItems, rowOf, saveItems } from "../db/queries";
import { type DriveItem, driveItemSchema } from "../models/models";
import { type FileItem, whyLeftOut } from "./file-items";
import type { Tree } from "./tree";

/** Items of a page that follow from a folder's change, not from their own. */
export const MOVED_AT_ONCE = 100;

export interface Changed {
  db: Db;
  place: Place;
  tree: Tree;
  maxFileMb: number;
  /** The full sync that lists everything; null for changes. */
  listedRun: string | null;
}

/** @param before cursor with which this answer is met again; `after` that of what follows. */
export async function* changedPages(
  { db, place, tree, maxFileMb, listedRun }: Changed,
  entries: readonly unknown[],
  { before, after }: { before: JsonValue; after: Omit<Page<FileItem>, "items"> },
): AsyncGenerator<Page<FileItem>> {
  const known = entries.flatMap((entry) => driveItemSchema.safeParse(entry).data ?? []);
  const { present, deleted } = newest(known);
  const rows = present.map((item) => ({ item, row: rowOf(place, item, listedRun) }));
  const places = rows.map(({ row }) => row).filter(({ kind }) => kind !== "file");
  const news = places.filter((row) => tree.isNews(row));
  for (const row of places) tree.learn(row);
  // What came out of a folder before that went is still stored with the place it had.
  const told = new Set([...present, ...deleted].map(({ id }) => id));
  const gone = [
    ...deleted.map(({ id }) => keyOf(place.driveId, id)),
    ...(await below(db, place, idsOf(deleted), told)).map(({ itemKey }) => itemKey),
  ];
  const isGone = new Set(gone);
  const moved = (
    await below(
      db,
      place,
      news.map(({ itemId }) => itemId),
      told,
    )
  ).filter(({ kind, itemKey }) => kind === "file" && !isGone.has(itemKey));
  // Before the folders themselves are noted: a sync that ends in between meets their change again.
  for (const some of batches(moved, MOVED_AT_ONCE)) yield { items: itemsOf(some, tree), cursor: before };
  const noticed = rows.map(({ item, row }) => ({ row, notice: noticeOf(item, row, maxFileMb) }));
  const read = noticed.flatMap(({ row, notice }) =>
    row.kind === "file" && notice === undefined ? [row] : [],
  );
  const unknown = entries.length - known.length;
  yield {
    ...after,
    items: itemsOf(read, tree),
    skipped: noticed.flatMap(({ notice }) => notice ?? []),
    removed: gone.map((key) => ({ key, state: "gone" })),
    ...(unknown === 0 ? {} : { incomplete: `${unknown} items have a shape that is not known here.` }),
    save: async (tx) => {
      await saveItems(tx, places);
      await removeItems(tx, place.account, gone);
      await after.save?.(tx);
    },
  };
}

/** The last word on each item counts. The drive's own top is no folder that anything is said of. */
function newest(items: readonly DriveItem[]): { present: DriveItem[]; deleted: DriveItem[] } {
  const last = [...new Map(items.map((item) => [item.id, item])).values()].filter(({ root }) => !root);
  return { present: last.filter((item) => !item.deleted), deleted: last.filter((item) => item.deleted) };
}

const idsOf = (items: readonly DriveItem[]) => items.map(({ id }) => id);
const noticeOf = (item: DriveItem, row: ItemRow, maxFileMb: number) =>
  row.kind === "file" || row.kind === "notebook" ? whyLeftOut(item, row, maxFileMb) : undefined;

export const itemsOf = (rows: readonly ItemRow[], tree: Tree): FileItem[] =>
  rows.map((row) => ({ row, path: tree.pathOf(row) }));
