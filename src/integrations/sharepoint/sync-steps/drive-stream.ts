import { z } from "zod";
import { readCheckpoint, seenAmong } from "@/core/db/queries/sync-state";
import type { Db } from "@/core/models/database";
import { CursorExpiredError, PermanentError } from "@/core/models/errors";
import type { SyncContext } from "@/core/models/integration";
import { ForbiddenError, MissingError, unlessRefused } from "@/core/services/http/errors";
import { askForFullPass } from "@/core/services/sync/full-pass";
import type { Page, PageRequest, Stream } from "@/core/services/sync/stream";
import type { GraphApi } from "../api/graph-api";
import {
  type DriveRow,
  forgetUnlisted,
  itemsIn,
  knownDrive,
  removeItems,
  rowOf,
  saveDrive,
  saveItems,
} from "../db/queries";
import { renderFile } from "../render/render-file";
import { changedPages } from "./change-page";
import { type FileItem, isPlace, versionOf, whyLeftOut } from "./file-items";
import { itemsOf, MOVED_AT_ONCE, movedPages } from "./moved-pages";
import { topOf, Tree } from "./tree";

/** Where a listing goes on, and whether it is one of everything. Neither: from the start. */
const cursorSchema = z.object({ page: z.string().optional(), since: z.string().optional() });
type Cursor = z.infer<typeof cursorSchema>;

export const driveStreamName = (driveId: string) => `files of ${driveId}`;

export interface DriveScene {
  api: GraphApi;
  drive: DriveRow;
  maxFileMb: number;
}

/**
 * The files of one library or OneDrive. Microsoft lists a drive and tells of its changes by one and the same feed: the end
 * of a listing says from where changes go on.
 */
export function driveStream(context: SyncContext, scene: DriveScene): Stream<FileItem> {
  const { api, drive, maxFileMb } = scene;
  const { account, signal } = context;
  const place = { account, driveId: drive.driveId };
  return {
    name: driveStreamName(drive.driveId),
    enumerates: ["full"],
    // One that may be looked at but not downloaded fails, and so may a whole library.
    failureLimit: 1,
    pages: (request) => pagesOf(scene, request),
    revisit: async function* ({ db, keys }) {
      const tree = await Tree.load(db, place, drive);
      for (const key of keys) {
        const asked = api.item(drive.driveId, key.slice(drive.driveId.length + 1));
        const item = await unlessRefused(asked, MissingError, ForbiddenError);
        const row = item && rowOf(place, item, null);
        const notice = item && row && whyLeftOut(item, row, maxFileMb);
        yield {
          items: row?.kind === "file" && !notice ? itemsOf([row], tree) : [],
          skipped: notice ? [notice] : [],
          removed: row ? [] : [{ key, state: "gone" }],
          cursor: null,
        };
      }
    },
    key: ({ row }) => row.itemKey,
    version: versionOf,
    render: (item) => renderFile(api, item, maxFileMb, signal),
    save: (tx, items) =>
      saveItems(
        tx,
        items.map(({ row }) => row),
      ),
    remove: (tx, keys) => removeItems(tx, account, keys),
  };
}

async function* pagesOf(scene: DriveScene, request: PageRequest): AsyncGenerator<Page<FileItem>> {
  const { drive } = scene;
  const { db, context, mode } = request;
  const known = await knownDrive(db, { account: context.account, driveId: drive.driveId });
  // Of a drive that was away, nothing is left from which changes could go on.
  const cursor = (known && cursorSchema.safeParse(request.cursor).data) ?? {};
  if (known === undefined) yield { items: [], cursor, save: (tx) => saveDrive(tx, drive) };
  if (mode === "full") {
    yield* feedPages(scene, request, cursor);
    return;
  }
  if (known !== undefined && isElsewhere(known, drive)) yield* renamedPages(known, scene, request, cursor);
  if (known !== undefined && JSON.stringify(known) !== JSON.stringify(drive))
    yield { items: [], cursor, save: (tx) => saveDrive(tx, drive) };
  if (known !== undefined && (await wasListingLeftOff(drive, request))) {
    await askForFullPass(db, context, "A listing of everything was left off before its end.");
    yield* feedPages(scene, request, {});
    return;
  }
  try {
    yield* feedPages(scene, request, cursor);
  } catch (error) {
    if (!(error instanceof CursorExpiredError)) throw error;
    await askForFullPass(db, context, "Microsoft has forgotten from where on changes were asked for.");
    yield* feedPages(scene, request, {});
  }
}

/** Its folders are noted as they are now, and what lies in them may not be: no change since shows that. */
async function wasListingLeftOff(drive: DriveRow, { db, context }: PageRequest): Promise<boolean> {
  const { integration, account } = context;
  const key = { integration, account, stream: driveStreamName(drive.driveId) };
  return (await readCheckpoint(db, key, "full"))?.done === false;
}

const isElsewhere = (known: DriveRow, drive: DriveRow) =>
  [...topOf(known), known.url].join("\n") !== [...topOf(drive), drive.url].join("\n");

/** All files have a new path where the site or the library is called otherwise. A full listing finds that by itself. */
async function* renamedPages(
  known: DriveRow,
  { api, drive }: DriveScene,
  { db, context }: PageRequest,
  cursor: Cursor,
): AsyncGenerator<Page<FileItem>> {
  const place = { account: context.account, driveId: drive.driveId };
  const tree = await Tree.load(db, place, drive);
  const addresses = known.url && drive.url ? { from: known.url, to: drive.url } : undefined;
  if (addresses !== undefined) tree.moveTo(addresses);
  let part = 0;
  for await (const some of itemsIn(db, place, MOVED_AT_ONCE)) {
    const rows = some.map((row) => ({ ...row, url: tree.urlOf(row, addresses) }));
    yield* movedPages({ api, db, place, tree, met: undefined }, rows, cursor, `renamed ${++part}`);
    yield { items: [], cursor, save: (tx) => saveItems(tx, rows.filter(isPlace)) };
  }
}

async function* feedPages(
  { api, drive, maxFileMb }: DriveScene,
  { db, context, mode }: PageRequest,
  start: Cursor,
): AsyncGenerator<Page<FileItem>> {
  const place = { account: context.account, driveId: drive.driveId };
  const tree = await Tree.load(db, place, drive);
  const listedRun = mode === "full" ? context.runId : null;
  const met =
    listedRun === null
      ? undefined
      : (keys: readonly string[]) => seenAmong(db, listedRun, driveStreamName(drive.driveId), keys);
  for (let cursor = start; ;) {
    const asked = api.changes(drive.driveId, cursor.page ?? cursor.since ?? null);
    const answer = await unlessRefused(asked, MissingError, ForbiddenError);
    if (answer === undefined) {
      // A library that its site still lists. A full listing of nothing takes it out, as far as the guard lets it.
      if (mode !== "full")
        await askForFullPass(db, context, `The library '${drive.name}' does not let itself be read.`);
      // What is taken out of it is listed once more when it is back.
      yield { items: [], cursor, watermark: {} };
      return;
    }
    const { value, next, delta } = answer;
    if (next === null && delta === null) throw endless(drive.name);
    if (next !== null && next === cursor.page) throw endless(drive.name);
    const before = cursor;
    cursor = next === null ? { since: delta ?? "" } : { page: next };
    const save = async (tx: Db) => {
      if (listedRun === null) return;
      await forgetUnlisted(tx, place, listedRun);
      await saveDrive(tx, drive);
    };
    const after = { cursor, ...(next === null ? { watermark: cursor, save } : {}) };
    yield* changedPages({ api, db, place, tree, met, maxFileMb, listedRun }, value, { before, after });
    if (next === null) return;
  }
}

function endless(name: string): PermanentError {
  return new PermanentError(`Microsoft does not say where the list of '${name}' goes on.`, {
    action: "What was read is kept. The next sync asks again.",
  });
}
