/**
 * What others share and a person added to their OneDrive as a shortcut, where its drive is not read as a whole. Microsoft
 * keeps no list of changes for a part of somebody else's drive, so each sync lists it.
 */
import type { Db } from "@/core/models/database";
import type { SyncContext } from "@/core/models/integration";
import { ForbiddenError, MissingError, unlessRefused } from "@/core/services/http/errors";
import type { Page, Stream } from "@/core/services/sync/stream";
import type { GraphApi } from "../api/graph-api";
import { orNothing } from "../api/graph-reader";
import { type DriveRow, type ItemRow, removeItems, rowOf, saveItems, shortcutsOf } from "../db/queries";
import type { DriveItem } from "../models/models";
import { renderFile } from "../render/render-file";
import { type FileItem, versionOf, whyLeftOut } from "./file-items";
import { Tree } from "./tree";

export const SHARED_STREAM = "shared files";

export interface SharedScene {
  api: GraphApi;
  /** What is read as a whole. */
  drives: readonly DriveRow[];
  maxFileMb: number;
}

/** A folder that is still to be listed, or a file that is to be asked for. */
interface Target {
  driveId: string;
  id: string;
  isFolder: boolean;
  path: string[];
}

export function sharedStream(context: SyncContext, scene: SharedScene): Stream<FileItem> {
  const { api, drives, maxFileMb } = scene;
  const { account, signal } = context;
  const isReadElsewhere = (key: string) => drives.some(({ driveId }) => key.startsWith(`${driveId}:`));
  return {
    name: SHARED_STREAM,
    enumerates: ["full", "incremental"],
    resume: "restart",
    failureLimit: 1,
    pages: ({ db }) => sharedPages(db, account, scene),
    key: ({ row }) => row.itemKey,
    version: versionOf,
    render: (item) => renderFile(api, item, maxFileMb, signal),
    save: (tx, items) =>
      saveItems(
        tx,
        items.map(({ row }) => row),
      ),
    // A file whose library is read by now is that stream's.
    remove: (tx, keys) =>
      removeItems(
        tx,
        account,
        keys.filter((key) => !isReadElsewhere(key)),
      ),
  };
}

async function* sharedPages(db: Db, account: string, scene: SharedScene): AsyncGenerator<Page<FileItem>> {
  const met = new Set<string>();
  const left = await targetsOf(db, account, scene.drives);
  for (let target = left.shift(); target !== undefined; target = left.shift()) {
    for await (const { items, unknown } of listed(scene.api, target)) {
      const place = { account, driveId: target.driveId };
      // What two shortcuts lead to lies where the first of them says.
      const rows = items
        .map((item) => ({ item, row: rowOf(place, item, null) }))
        .filter(({ row }) => !met.has(row.itemKey));
      for (const { row } of rows) met.add(row.itemKey);
      const { driveId, path } = target;
      const folders = rows.filter(({ row }) => row.kind === "folder" || row.kind === "notebook");
      left.push(
        ...folders.map(({ row }) => ({ driveId, id: row.itemId, isFolder: true, path: [...path, row.name] })),
      );
      yield pageOf(rows, path, unknown, scene.maxFileMb);
    }
  }
}

function pageOf(
  rows: readonly { item: DriveItem; row: ItemRow }[],
  path: string[],
  unknown: number,
  maxFileMb: number,
): Page<FileItem> {
  const noticed = rows.map(({ item, row }) => ({ row, notice: whyLeftOut(item, row, maxFileMb) }));
  return {
    items: noticed.flatMap(({ row, notice }) =>
      row.kind === "file" && notice === undefined ? [{ row, path }] : [],
    ),
    skipped: noticed.flatMap(({ notice }) => notice ?? []),
    cursor: null,
    ...(unknown === 0 ? {} : { incomplete: `${unknown} shared items have a shape that is not known here.` }),
  };
}

/** What is no longer shared is not there for us. */
async function* listed(
  api: GraphApi,
  { driveId, id, isFolder }: Target,
): AsyncGenerator<{ items: DriveItem[]; unknown: number }> {
  if (isFolder) {
    yield* orNothing(api.children(driveId, id));
    return;
  }
  const file = await unlessRefused(api.item(driveId, id), MissingError, ForbiddenError);
  if (file !== undefined) yield { items: [file], unknown: 0 };
}

async function targetsOf(db: Db, account: string, drives: readonly DriveRow[]): Promise<Target[]> {
  const trees = new Map<string, Tree>();
  const targets: Target[] = [];
  for (const row of await shortcutsOf(db, account)) {
    const { driveId, targetDriveId, targetId } = row;
    const drive = drives.find((one) => one.driveId === driveId);
    const isRead = drives.some((one) => one.driveId === targetDriveId);
    if (drive === undefined || targetDriveId === null || targetId === null || isRead) continue;
    const tree = trees.get(driveId) ?? (await Tree.load(db, { account, driveId }, drive));
    trees.set(driveId, tree);
    const isFolder = row.targetIsFolder === true;
    const path = isFolder ? [...tree.pathOf(row), row.name] : tree.pathOf(row);
    targets.push({ driveId: targetDriveId, id: targetId, isFolder, path });
  }
  return targets;
}
