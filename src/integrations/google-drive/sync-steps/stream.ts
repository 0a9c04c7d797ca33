import type { SyncContext } from "@/core/models/integration";
import type { Page, PageRequest, Stream } from "@/core/services/sync/stream";
import { hashJson } from "@/lib/hash";
import type { DriveApi } from "../api/drive-api";
import { removeFiles, saveFiles } from "../db/queries";
import type { DriveFile } from "../models/models";
import type { DriveOptions } from "../models/options";
import { renderFile } from "../render/render-file";
import { changePages } from "./changes";
import { FILES_STREAM, listingPages } from "./listing";
import { pageOf } from "./page";
import { Places } from "./places";
import { readMany } from "./read-many";

/** Raised when the same file is rendered differently from now on, so that every file is read again once. */
const RENDERING = 4;

/** A file, and where it lies. */
export interface DriveItem {
  file: DriveFile;
  path: string[];
}

/**
 * The files of one account: My Drive, what others share, and shared drives. A full sync lists everything; an
 * incremental one asks for the changes since, of which Drive keeps a list of its own.
 */
export function filesStream(context: SyncContext, api: DriveApi, options: DriveOptions): Stream<DriveItem> {
  const { account, signal } = context;
  return {
    name: FILES_STREAM,
    enumerates: ["full"],
    pages: (request) => pagesOf(api, options, request),
    revisit: async function* ({ db, keys }) {
      const places = await Places.load(db, account, options.folders);
      const { files, missing } = await readMany(api, keys);
      const page = pageOf(files, places, options);
      const gone = missing.map((key) => ({ key, state: "gone" as const }));
      yield { ...page, removed: [...page.removed, ...gone], cursor: null };
    },
    key: ({ file }) => file.id,
    version: ({ file, path }) => {
      const { name, mimeType, modifiedTime, md5Checksum, description, owners, parents } = file;
      // Two folders of one name have one path, and what lies in them goes with the one or the other.
      const place = [path, parents[0] ?? null];
      return hashJson([RENDERING, name, mimeType, modifiedTime, md5Checksum, description, owners, ...place]);
    },
    render: (item) => renderFile(api, item, options.maxFileMb, signal),
    save: (tx, items) =>
      saveFiles(
        tx,
        account,
        items.map(({ file }) => file),
      ),
    remove: (tx, keys) => removeFiles(tx, account, keys),
  };
}

function pagesOf(api: DriveApi, options: DriveOptions, request: PageRequest): AsyncIterable<Page<DriveItem>> {
  return request.mode === "full" ? listingPages(api, options, request) : changePages(api, options, request);
}
