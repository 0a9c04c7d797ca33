/** Files that lie elsewhere now, or below another name, though nothing happened to them: no list of changes tells of them. */
import type { JsonValue } from "@/core/models/artifact";
import type { Db } from "@/core/models/database";
import { ForbiddenError, MissingError, unlessRefused } from "@/core/services/http/errors";
import type { Page } from "@/core/services/sync/stream";
import { batches } from "@/lib/batches";
import type { GraphApi } from "../api/graph-api";
import { type ItemRow, type Place, removeItems } from "../db/queries";
import type { FileItem } from "./file-items";
import type { Tree } from "./tree";

export const MOVED_AT_ONCE = 100;
/** From so many on, files that are all gone would pass for a source that lets none of them be read. */
const ASKED_FROM = 5;

export interface Moving {
  api: GraphApi;
  db: Db;
  place: Place;
  tree: Tree;
  /**
   * In a listing of everything: those of these keys that it has met. The others it has yet to meet, where they lie now; what
   * is gone it never does.
   */
  met: ((keys: readonly string[]) => Promise<ReadonlySet<string>>) | undefined;
}

/**
 * @param rows as they are now: of files that are known.
 * @param cursor with which what moved them is met again; `mark` tells these pages from others of that cursor.
 */
export async function* movedPages(
  { api, place, tree, met }: Moving,
  rows: readonly ItemRow[],
  cursor: Readonly<Record<string, JsonValue>>,
  mark: string,
): AsyncGenerator<Page<FileItem>> {
  const seen = await met?.(rows.map(({ itemKey }) => itemKey));
  const files = rows.filter(({ kind, itemKey }) => kind === "file" && (seen?.has(itemKey) ?? true));
  for (const [index, some] of batches(files, MOVED_AT_ONCE).entries()) {
    const gone = seen === undefined ? await goneAmong(api, some) : new Set<string>();
    const keys = [...gone];
    yield {
      items: itemsOf(
        some.filter(({ itemKey }) => !gone.has(itemKey)),
        tree,
      ),
      removed: keys.map((key) => ({ key, state: "gone" })),
      cursor: { ...cursor, moved: `${mark} ${index}` },
      save: (tx) => removeItems(tx, place.account, keys),
    };
  }
}

export const itemsOf = (rows: readonly ItemRow[], tree: Tree): FileItem[] =>
  rows.map((row) => ({ row, path: tree.pathOf(row) }));

/** Where the first one is there, not all of them are gone, and what else is shows when it is read. */
async function goneAmong(api: GraphApi, rows: readonly ItemRow[]): Promise<Set<string>> {
  const gone = new Set<string>();
  if (rows.length < ASKED_FROM) return gone;
  for (const { driveId, itemId, itemKey } of rows) {
    const item = await unlessRefused(api.item(driveId, itemId), MissingError, ForbiddenError);
    if (item !== undefined && gone.size === 0) return gone;
    if (item === undefined) gone.add(itemKey);
  }
  return gone;
}
