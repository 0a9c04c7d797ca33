/** One answer of a list of changes as pages: what lies in folders that moved, then what changed itself. */
import type { Db } from "@/core/models/database";
import type { JsonValue } from "@/core/models/artifact";
import type { Page } from "@/core/services/sync/stream";
import type { DriveApi } from "../api/drive-api";
import { inDrive, insideOf, removeDrives, removeFiles, saveDrives, saveFiles } from "../db/queries";
import { changeSchema, type DriveFile, FOLDER } from "../models/models";
import type { DriveOptions } from "../models/options";
import { movedPages, placesToKeep } from "./moved";
import { isPlace, pageOf } from "./page";
import type { Places } from "./places";
import type { DriveItem } from "./stream";
import { targetsOf } from "./targets";

type Change = ReturnType<typeof changeSchema.parse>;

export interface Changed {
  api: DriveApi;
  options: DriveOptions;
  db: Db;
  account: string;
  places: Places;
  /** Called with shared drives that are new here or called otherwise, and with those that are gone. */
  forget: (driveId: string) => void;
  /** Called where a listing was not whole: no list of changes tells again of what it left out. */
  missed: (why: string) => Promise<void>;
}

/**
 * @param before cursor with which this answer is met again.
 * @param after gives the cursor of what follows; called once `forget` was.
 */
export async function* changedPages(
  { api, options, db, account, places, forget, missed }: Changed,
  entries: readonly unknown[],
  before: JsonValue,
  after: () => JsonValue,
): AsyncGenerator<Page<DriveItem>> {
  const known = parsed(entries);
  const changes = newest(known);
  // What left the account's own files or a shared drive, and is still ours to see elsewhere, comes with its file.
  const files = changes.flatMap(({ file }) => file ?? []);
  const there = files.filter((file) => isPlace(file) && file.trashed !== true);
  const folders = there.filter(({ mimeType }) => mimeType === FOLDER);
  const drives = changes.flatMap(({ drive, removed }) => (drive && removed !== true ? [drive] : []));
  for (const drive of drives) if (places.learnDrive(drive)) forget(drive.id);
  const news = folders.filter((folder) => places.isNews(folder));
  for (const folder of folders) places.learn(folder);
  const fresh = await targetsOf(api, there, places);
  const kept = placesToKeep(there, places);
  for (const place of kept) places.learn(place);
  yield* movedPages(api, options, { account, places, folders: news, missed }, before);
  const page = pageOf([...files, ...fresh], places, options);
  const gone = await goneIn(db, account, changes);
  const lost = changes.flatMap(({ driveId, removed, changeType }) =>
    changeType === "drive" && removed === true && driveId ? [driveId] : [],
  );
  for (const id of lost) forget(id);
  const unknown = entries.length - known.length;
  yield {
    ...page,
    removed: [...page.removed, ...gone.map((key) => ({ key, state: "gone" as const }))],
    ...(unknown === 0 ? {} : { incomplete: `${unknown} changes have a shape that is not known here.` }),
    cursor: after(),
    save: async (tx) => {
      await saveDrives(tx, account, drives);
      await removeDrives(tx, account, lost);
      await saveFiles(tx, account, kept);
      await removeFiles(tx, account, gone);
    },
  };
}

function parsed(entries: readonly unknown[]): Change[] {
  return entries.flatMap((entry) => {
    const change = changeSchema.safeParse(entry);
    return change.success ? [change.data] : [];
  });
}

/** What is said of a file last counts: one that was no longer shared may have been shared again since. */
function newest(changes: readonly Change[]): Change[] {
  return [...new Map(changes.map((change) => [change.fileId ?? change.driveId, change])).values()];
}

/**
 * Ids that are no longer ours: removed ones (deleted for good, or access was lost, which Google does not tell apart),
 * places in the bin, and all that lies in such a folder or shared drive.
 */
async function goneIn(db: Db, account: string, changes: readonly Change[]): Promise<string[]> {
  // What came out of a folder before that went is still stored with the place it had.
  const stays = new Set(changes.flatMap(({ file }) => (file && file.trashed !== true ? file.id : [])));
  const ids = new Set<string>();
  for (const { changeType, removed, fileId, driveId, file } of changes) {
    const inBin = file?.trashed === true && isPlace(file);
    if (changeType === "drive") {
      if (removed === true && driveId)
        for (const id of await inDrive(db, account, driveId)) if (!stays.has(id)) ids.add(id);
    } else if (((removed === true && !file) || inBin) && fileId) {
      ids.add(fileId);
      if (mayHold(file)) for (const id of await insideOf(db, account, fileId, stays)) ids.add(id);
    }
  }
  return [...ids];
}

/** What was removed comes without its file: it may have been a folder. */
const mayHold = (file: DriveFile | null | undefined) => !file || file.mimeType === FOLDER;
