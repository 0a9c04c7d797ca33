/** One answer of a drive's list of changes as pages: what lies in folders that moved, then what changed itself. */
import type { JsonValue } from "@/core/models/artifact";
import type { Page } from "@/core/services/sync/stream";
import { below, type ItemRow, keyOf, removeItems, rowOf, saveItems } from "../db/queries";
import { type DriveItem, driveItemSchema } from "../models/models";
import { type FileItem, isPlace, whyLeftOut } from "./file-items";
import { itemsOf, movedPages, type Moving } from "./moved-pages";
import type { Tree } from "./tree";

export interface Changed extends Moving {
  maxFileMb: number;
  /** The full sync that lists everything; null for changes. */
  listedRun: string | null;
}

/** @param before cursor with which this answer is met again; `after` that of what follows. */
export async function* changedPages(
  changed: Changed,
  entries: readonly unknown[],
  { before, after }: { before: Readonly<Record<string, JsonValue>>; after: Omit<Page<FileItem>, "items"> },
): AsyncGenerator<Page<FileItem>> {
  const { db, place, tree, maxFileMb, listedRun } = changed;
  const known = entries.flatMap((entry) => driveItemSchema.safeParse(entry).data ?? []);
  const { present, deleted } = newest(known);
  const rows = present.map((item) => ({ item, row: rowOf(place, item, listedRun) }));
  const places = rows.map(({ row }) => row).filter(isPlace);
  const news = places.filter((row) => tree.isNews(row));
  for (const row of places) tree.learn(row);
  // What came out of a folder before that went is still stored with the place it had.
  const told = new Set([...present, ...deleted].map(({ id }) => id));
  const gone = [
    ...deleted.map(({ id }) => keyOf(place.driveId, id)),
    ...(await below(db, place, idsOf(deleted), told)).map(({ itemKey }) => itemKey),
  ];
  const isGone = new Set(gone);
  const inNews = await below(
    db,
    place,
    news.map(({ itemId }) => itemId),
    told,
  );
  const moved = inNews.filter(({ itemKey }) => !isGone.has(itemKey)).map((row) => movedAlong(row, tree));
  const movedPlaces = moved.filter(isPlace);
  // Before the folders themselves are noted: a sync that ends in between meets their change again.
  yield* movedPages(changed, moved, before, "below");
  const noticed = rows.map(({ item, row }) => ({ row, notice: whyLeftOut(item, row, maxFileMb) }));
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
      await saveItems(tx, [...places, ...movedPlaces]);
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

/** Folders come before what lies in them, so that each address is made of one that holds already. */
function movedAlong(row: ItemRow, tree: Tree): ItemRow {
  const moved = { ...row, url: tree.urlOf(row) };
  if (isPlace(moved)) tree.learn(moved);
  return moved;
}

const idsOf = (items: readonly DriveItem[]) => items.map(({ id }) => id);
