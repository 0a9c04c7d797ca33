/** Files that lie in folders whose name or place changed: Drive's list of changes tells of the folder alone. */
import type { Page } from "@/core/services/sync/stream";
import { batches } from "@/lib/batches";
import type { DriveApi } from "../api/drive-api";
import { saveFiles } from "../db/queries";
import { type DriveFile, FOLDER } from "../models/models";
import type { DriveOptions } from "../models/options";
import { pagesOfFiles } from "./listing";
import { isPlace, pageOf } from "./page";
import type { Places } from "./places";
import type { DriveItem } from "./stream";
import { targetsOf } from "./targets";

/** Folders that one question names. */
const FOLDERS_AT_ONCE = 20;

export interface Moved {
  account: string;
  /** Knows already where the folders lie now. */
  places: Places;
  folders: readonly DriveFile[];
  /** Called where Google did not look everywhere. */
  missed: (why: string) => Promise<void>;
}

/**
 * What lies below the folders, at any depth, listed by folder: those further down need not be known, where a folder comes
 * out of the bin. The pages go before the change itself is noted, so that a sync that ends between them meets the change
 * again.
 *
 * @param cursor of the changes that told of the folders.
 */
export async function* movedPages(
  api: DriveApi,
  options: DriveOptions,
  { account, places, folders, missed }: Moved,
  cursor: Page<DriveItem>["cursor"],
): AsyncGenerator<Page<DriveItem>> {
  const met = new Set<string>();
  for (let level = folders; level.length > 0;) {
    const ids = level.map(({ id }) => id).filter((id) => !met.has(id) && /^[\w-]+$/.test(id));
    for (const id of ids) met.add(id);
    const below: DriveFile[] = [];
    for (const some of batches([...new Set(ids)], FOLDERS_AT_ONCE)) {
      const within = some.map((id) => `'${id}' in parents`).join(" or ");
      for await (const { files, incomplete } of pagesOfFiles(api, `(${within}) and trashed = false`, "")) {
        if (incomplete !== undefined) await missed(incomplete);
        const inside = files.filter(isPlace);
        below.push(...inside.filter(({ mimeType }) => mimeType === FOLDER));
        const fresh = await targetsOf(api, inside, places);
        for (const place of inside) places.learn(place);
        // What left the chosen folders is gone for us; the rest has a new path.
        if (files.length > 0)
          yield {
            ...pageOf([...files, ...fresh], places, options),
            cursor,
            save: (tx) => saveFiles(tx, account, placesToKeep(inside, places)),
          };
      }
    }
    level = below;
  }
}

/** Folders are kept wherever they lie, since files may come to lie below them; shortcuts among what is chosen. */
export function placesToKeep(files: readonly DriveFile[], places: Places): DriveFile[] {
  return files.filter((file) => isPlace(file) && (file.mimeType === FOLDER || places.includes(file)));
}
