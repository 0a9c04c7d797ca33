/** What changed since: Drive keeps one list of changes for an account, shared drives included. */
import { z } from "zod";
import { readCheckpoint } from "@/core/db/queries/sync-state";
import type { Db } from "@/core/models/database";
import { CursorExpiredError } from "@/core/models/errors";
import { askForFullPass } from "@/core/services/sync/full-pass";
import type { Page, PageRequest } from "@/core/services/sync/stream";
import type { DriveApi } from "../api/drive-api";
import { inDrive, insideOf, removeFiles, saveDrives, saveFiles } from "../db/queries";
import { changeSchema, type DriveFile, FOLDER, SHORTCUT } from "../models/models";
import type { DriveOptions } from "../models/options";
import { FILES_STREAM, isUnderWay, listingPages } from "./listing";
import { movedPages } from "./moved";
import { isPlace, pageOf } from "./page";
import { Places } from "./places";
import type { DriveItem } from "./stream";

/** Strict: where an interrupted listing goes on is another thing. */
const cursorSchema = z.strictObject({ changes: z.string() });
type Change = z.infer<typeof changeSchema>;

/**
 * Where the list no longer reaches back far enough, or a full listing was left off, everything is listed, and the next
 * sync looks for deletions.
 */
export async function* changePages(
  api: DriveApi,
  options: DriveOptions,
  request: PageRequest,
): AsyncGenerator<Page<DriveItem>> {
  const cursor = cursorSchema.safeParse(request.cursor).data;
  if (cursor === undefined) {
    yield* listingPages(api, options, request);
    return;
  }
  if (await wasListingLeftOff(request)) {
    yield* everythingAnew(api, options, request, "A listing of everything was left off before its end.");
    return;
  }
  try {
    yield* pagesSince(api, options, request, cursor.changes);
  } catch (error) {
    if (!(error instanceof CursorExpiredError)) throw error;
    const reason = "Google has forgotten from where on changes were asked for.";
    yield* everythingAnew(api, options, request, reason);
  }
}

/**
 * A full listing learns places anew. One that did not come to its end leaves some unknown, and others newer than the
 * files in them: neither shows in the changes since.
 */
async function wasListingLeftOff({ db, context }: PageRequest): Promise<boolean> {
  const { integration, account } = context;
  const full = await readCheckpoint(db, { integration, account, stream: FILES_STREAM }, "full");
  return isUnderWay(full?.cursor ?? null);
}

async function* everythingAnew(
  api: DriveApi,
  options: DriveOptions,
  request: PageRequest,
  reason: string,
): AsyncGenerator<Page<DriveItem>> {
  const { integration, account } = request.context;
  await askForFullPass(request.db, { integration, account }, reason);
  yield* listingPages(api, options, { ...request, cursor: null });
}

async function* pagesSince(
  api: DriveApi,
  options: DriveOptions,
  { context, db }: PageRequest,
  from: string,
): AsyncGenerator<Page<DriveItem>> {
  const { account } = context;
  const places = await Places.load(db, account, options.folders);
  for (let token: string | undefined = from; token !== undefined;) {
    const answer: Awaited<ReturnType<DriveApi["changes"]>> = await api.changes(token);
    const known = parsed(answer.changes);
    const changes = newest(known);
    const files = changes.flatMap(({ file, removed }) => (file && removed !== true ? [file] : []));
    const folders = files.filter((file) => file.mimeType === FOLDER && file.trashed !== true);
    const news = folders.filter((folder) => places.isNews(folder));
    for (const folder of folders) places.learn(folder);
    const shortcuts = files.filter(
      (file) => file.mimeType === SHORTCUT && file.trashed !== true && places.includes(file),
    );
    for (const shortcut of shortcuts) places.learn(shortcut);
    yield* movedPages(api, options, { db, account, places, folders: news }, { changes: token });
    const page = pageOf(files, places, options);
    const gone = await goneIn(db, account, changes);
    const drives = changes.flatMap(({ drive, removed }) => (drive && removed !== true ? [drive] : []));
    const unknown = answer.changes.length - known.length;
    token = answer.nextPageToken || undefined;
    yield {
      ...page,
      removed: [...page.removed, ...gone.map((key) => ({ key, state: "gone" as const }))],
      ...(unknown === 0 ? {} : { incomplete: `${unknown} changes have a shape that is not known here.` }),
      cursor: { changes: token ?? answer.newStartPageToken ?? from },
      save: async (tx) => {
        await saveDrives(tx, account, drives);
        await saveFiles(tx, account, [...folders, ...shortcuts]);
        await removeFiles(tx, account, gone);
      },
    };
  }
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
  const ids = new Set<string>();
  for (const { changeType, removed, fileId, driveId, file } of changes) {
    const inBin = file?.trashed === true && isPlace(file);
    if (changeType === "drive") {
      if (removed === true && driveId) for (const id of await inDrive(db, account, driveId)) ids.add(id);
    } else if ((removed === true || inBin) && fileId) {
      ids.add(fileId);
      if (mayHold(file)) for (const id of await insideOf(db, account, fileId)) ids.add(id);
    }
  }
  return [...ids];
}

/** What was removed comes without its file: it may have been a folder. */
const mayHold = (file: DriveFile | null | undefined) => !file || file.mimeType === FOLDER;
