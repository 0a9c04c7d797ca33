import { z } from "zod";
import { CursorExpiredError, PermanentError } from "@/core/models/errors";
import type { SyncContext } from "@/core/models/integration";
import { ForbiddenError, MissingError, unlessRefused } from "@/core/services/http/errors";
import { askForFullPass } from "@/core/services/sync/full-pass";
import type { Page, PageRequest, Stream } from "@/core/services/sync/stream";
import type { GraphApi } from "../api/graph-api";
import {
  type DriveRow,
  filesIn,
  forgetUnlisted,
  knownDrive,
  removeItems,
  rowOf,
  saveDrive,
  saveItems,
} from "../db/queries";
import { renderFile } from "../render/render-file";
import { changedPages, itemsOf, MOVED_AT_ONCE } from "./change-page";
import { type FileItem, versionOf, whyLeftOut } from "./file-items";
import { topOf, Tree } from "./tree";

/** Where a listing goes on, and whether it is one of everything. Neither: from the start. */
const cursorSchema = z.strictObject({ page: z.string().optional(), since: z.string().optional() });
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
          items: row && !notice ? itemsOf([row], tree) : [],
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
  const place = { account: context.account, driveId: drive.driveId };
  const known = await knownDrive(db, place);
  // Of a drive that was away, nothing is left from which changes could go on.
  const cursor = (known && cursorSchema.safeParse(request.cursor).data) ?? {};
  if (known !== undefined && topOf(known).join("\n") !== topOf(drive).join("\n"))
    yield* renamedPages(scene, request, cursor);
  if (known === undefined || JSON.stringify(known) !== JSON.stringify(drive))
    yield { items: [], cursor, save: (tx) => saveDrive(tx, drive) };
  try {
    yield* feedPages(scene, request, cursor);
  } catch (error) {
    if (!(error instanceof CursorExpiredError) || mode === "full") throw error;
    await askForFullPass(db, context, "Microsoft has forgotten from where on changes were asked for.");
    yield* feedPages(scene, request, {});
  }
}

/** All files have a new path where the site or the library is called otherwise: no list of changes tells of them. */
async function* renamedPages(
  { drive }: DriveScene,
  { db, context }: PageRequest,
  cursor: Cursor,
): AsyncGenerator<Page<FileItem>> {
  const place = { account: context.account, driveId: drive.driveId };
  const tree = await Tree.load(db, place, drive);
  for await (const rows of filesIn(db, place, MOVED_AT_ONCE)) yield { items: itemsOf(rows, tree), cursor };
}

async function* feedPages(
  { api, drive, maxFileMb }: DriveScene,
  { db, context, mode }: PageRequest,
  start: Cursor,
): AsyncGenerator<Page<FileItem>> {
  const place = { account: context.account, driveId: drive.driveId };
  const tree = await Tree.load(db, place, drive);
  const listedRun = mode === "full" ? context.runId : null;
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
    const end: Pick<Page<FileItem>, "watermark" | "save"> = next !== null
      ? {}
      : {
          watermark: cursor,
          ...(listedRun === null ? {} : { save: (tx) => forgetUnlisted(tx, place, listedRun) }),
        };
    const changed = { db, place, tree, maxFileMb, listedRun };
    yield* changedPages(changed, value, { before, after: { cursor, ...end } });
    if (next === null) return;
  }
}

function endless(name: string): PermanentError {
  return new PermanentError(`Microsoft does not say where the list of '${name}' goes on.`, {
    action: "What was read is kept. The next sync asks again.",
  });
}
