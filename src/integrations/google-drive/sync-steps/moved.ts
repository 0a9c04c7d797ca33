/** Files that lie in folders whose name or place changed: Drive's list of changes tells of the folder alone. */
import type { Db } from "@/core/models/database";
import type { Page } from "@/core/services/sync/stream";
import { batches } from "@/lib/batches";
import type { DriveApi } from "../api/drive-api";
import { insideOf } from "../db/queries";
import { type DriveFile, FOLDER } from "../models/models";
import type { DriveOptions } from "../models/options";
import { pagesOfFiles } from "./listing";
import { pageOf } from "./page";
import type { Places } from "./places";
import type { DriveItem } from "./stream";

/** Folders that one question names. */
const FOLDERS_AT_ONCE = 20;

export interface Moved {
  db: Db;
  account: string;
  /** Knows already where the folders lie now. */
  places: Places;
  folders: readonly DriveFile[];
}

/**
 * What lies below the folders, at any depth, listed by folder. The pages go before the change itself is noted, so that
 * a sync that ends between them meets the change again.
 *
 * @param cursor of the changes that told of the folders.
 */
export async function* movedPages(
  api: DriveApi,
  options: DriveOptions,
  { db, account, places, folders }: Moved,
  cursor: Page<DriveItem>["cursor"],
): AsyncGenerator<Page<DriveItem>> {
  const all = new Set<string>();
  for (const { id } of folders)
    for (const inside of [id, ...(await insideOf(db, account, id))])
      if (places.isFolder(inside) && /^[\w-]+$/.test(inside)) all.add(inside);
  for (const some of batches([...all], FOLDERS_AT_ONCE)) {
    const within = some.map((id) => `'${id}' in parents`).join(" or ");
    const query = `(${within}) and mimeType != '${FOLDER}' and trashed = false`;
    for await (const { files } of pagesOfFiles(api, query, "")) {
      // What left the chosen folders is gone for us; the rest has a new path.
      if (files.length > 0) yield { ...pageOf(files, places, options), cursor };
    }
  }
}
