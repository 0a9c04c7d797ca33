import { join } from "node:path";
import type { SyncContext } from "@/core/models/integration";
import type { Page, PageRequest, Stream } from "@/core/services/sync/stream";
import { isUnmounted, removeFiles, saveFiles, type FileRow } from "../db/queries";
import { MEGABYTE, type FileItem, type FilesOptions } from "../models/models";
import { extensionOf, folderOf, nameOf } from "@/lib/file-names";
import { findRoot } from "./folder";
import { PageBuilder } from "./page";
import { renderFile, type ConnectedFolder } from "./render";
import { walk } from "./walk";

/** The stream of one connected folder's files. Both modes list everything: that is cheap, and finds removals. */
export function filesStream({ account }: SyncContext, options: FilesOptions): Stream<FileItem> {
  let folder: ConnectedFolder | undefined;
  const connected = async () => (folder ??= await connect(options, account));
  return {
    name: "files",
    enumerates: ["full", "incremental"],
    // A file that moved meanwhile to where the walk has been would be taken for deleted. Looking again is cheap, and
    // no file is read twice.
    resume: "restart",
    // One document that cannot be read says nothing about the next.
    failureLimit: 1,
    pages: (request) => filePages(connected, options, request),
    key: (item) => item.key,
    version: (item) => item.version,
    render: async (item, { signal }) => renderFile(await connected(), item, signal),
    save: async (tx, items) => {
      const connectedFolder = await connected();
      const rows = items.flatMap((item) => toRow(connectedFolder, item));
      await saveFiles(tx, rows);
    },
    remove: (tx, keys) => removeFiles(tx, account, keys),
  };
}

async function connect(options: FilesOptions, account: string): Promise<ConnectedFolder> {
  const { root, device } = await findRoot(options.path);
  return { root, device, account, mostBytes: Math.ceil(options.maxFileMb * MEGABYTE) };
}

async function* filePages(
  connected: () => Promise<ConnectedFolder>,
  options: FilesOptions,
  { context, db }: PageRequest,
): AsyncGenerator<Page<FileItem>> {
  const folder = await connected();
  const page = new PageBuilder(folder, db);
  const entries = walk({
    root: folder.root,
    options,
    signal: context.signal,
    isUnmounted: async (path, device) =>
      (path === "" || device === folder.device) && (await isUnmounted(db, folder.account, path, device)),
  });
  for await (const entry of entries) {
    if (page.add(entry)) yield await page.finish();
  }
  yield await page.finish();
}

/** The item's row; none when nothing of it is served. */
function toRow(connectedFolder: ConnectedFolder, item: FileItem): FileRow[] {
  const { root, account } = connectedFolder;
  const { key, size, modifiedAt, changedAt, device, facts } = item;
  if (facts === undefined) return [];
  const place = { key, path: join(root, key), name: nameOf(key), extension: extensionOf(key) };
  const marks = { size, mtime: modifiedAt, ctime: changedAt };
  const drive = { device, otherDrive: device !== connectedFolder.device };
  return [{ account, ...place, folder: folderOf(key), ...marks, ...drive, ...facts }];
}
