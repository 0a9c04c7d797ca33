/** Everything there is: first folders, so that every file's place is known, then files, then what shortcuts lead to. */
import { z } from "zod";
import type { JsonValue } from "@/core/models/artifact";
import type { Page, PageRequest } from "@/core/services/sync/stream";
import { batches } from "@/lib/batches";
import type { DriveApi } from "../api/drive-api";
import { beginPlaces, saveFiles, shortcutTargets } from "../db/queries";
import { type DriveFile, FOLDER, fileSchema } from "../models/models";
import type { DriveOptions } from "../models/options";
import { logsSchema, placesOf, startOfDrives } from "./logs";
import { isPlace, pageOf } from "./page";
import { Places } from "./places";
import { readMany } from "./read-many";
import type { DriveItem } from "./stream";
import { leadsToFile } from "./targets";

const TARGETS_A_PAGE = 20;

/** With where changes go on that were not seen by this listing: asked for before its first page. */
const stateSchema = logsSchema.extend({
  phase: z.enum(["folders", "files", "targets"]),
  /** Token of the next page, or the id after which targets go on; "" for the first. */
  page: z.string(),
});
type State = z.infer<typeof stateSchema>;

/** The stream that is listed. */
export const FILES_STREAM = "files";

/** Whether a cursor is that of a listing which has not come to its end. */
export function isUnderWay(cursor: JsonValue): boolean {
  return stateSchema.safeParse(cursor).success;
}

export const queries = {
  folders: `mimeType = '${FOLDER}' and trashed = false`,
  files: `mimeType != '${FOLDER}' and trashed = false`,
};

export async function* listingPages(
  api: DriveApi,
  options: DriveOptions,
  request: PageRequest,
): AsyncGenerator<Page<DriveItem>> {
  const { account } = request.context;
  let state = stateSchema.safeParse(request.cursor).data;
  if (state === undefined) {
    const changes = await api.startToken();
    const drives = await allDrives(api);
    state = { phase: "folders", page: "", changes, drives: await startOfDrives(api, drives) };
    const save: Page<DriveItem>["save"] = (tx) => beginPlaces(tx, account, drives);
    yield { items: [], cursor: state, watermark: placesOf(state), save };
  }
  const watermark = placesOf(state);
  if (state.phase === "folders") {
    for await (const { files, next, incomplete } of pagesOfFiles(api, queries.folders, state.page)) {
      state = next === undefined ? { ...state, phase: "files", page: "" } : { ...state, page: next };
      // Files in a folder that is not known here pass for files outside of the chosen ones.
      const why = incomplete === undefined ? {} : { incomplete };
      yield { items: [], ...why, cursor: state, watermark, save: (tx) => saveFiles(tx, account, files) };
    }
  }
  const met = new Set<string>();
  if (state.phase === "files") {
    const places = await Places.load(request.db, account, options.folders);
    for await (const { files, next, incomplete } of pagesOfFiles(api, queries.files, state.page)) {
      state = next === undefined ? { ...state, phase: "targets", page: "" } : { ...state, page: next };
      const shortcuts = files.filter((file) => isPlace(file) && places.includes(file) && leadsToFile(file));
      const { items, skipped } = pageOf(files, places, options);
      for (const { file } of items) met.add(file.id);
      for (const { key } of skipped) met.add(key);
      const why = incomplete === undefined ? {} : { incomplete };
      yield {
        items,
        skipped,
        ...why,
        cursor: state,
        watermark,
        save: (tx) => saveFiles(tx, account, shortcuts),
      };
    }
  }
  yield* targetPages(api, options, request, state, met);
}

/** What shortcuts lead to need not be in any listing: files that somebody shared by a link. */
async function* targetPages(
  api: DriveApi,
  options: DriveOptions,
  { db, context }: PageRequest,
  state: State,
  met: ReadonlySet<string>,
): AsyncGenerator<Page<DriveItem>> {
  const places = await Places.load(db, context.account, options.folders);
  const left = (await shortcutTargets(db, context.account)).filter((id) => id > state.page && !met.has(id));
  for (const ids of batches(left, TARGETS_A_PAGE)) {
    const { items, skipped } = pageOf((await readMany(api, ids)).files, places, options);
    const cursor = { ...state, page: ids.at(-1) ?? "" };
    yield { items, skipped, cursor, watermark: placesOf(state) };
  }
  // What an incremental sync goes on from, where it had to list everything.
  yield { items: [], cursor: placesOf(state), watermark: placesOf(state) };
}

interface FilesPage {
  files: DriveFile[];
  next: string | undefined;
  incomplete: string | undefined;
}

/** All pages that a query of Drive's finds, everywhere or in one shared drive. */
export async function* pagesOfFiles(
  api: DriveApi,
  query: string,
  from: string,
  driveId?: string,
): AsyncGenerator<FilesPage> {
  for (let page: string | undefined = from; page !== undefined;) {
    const answer: Awaited<ReturnType<DriveApi["files"]>> = await api.files(query, page || undefined, driveId);
    const files = answer.files.flatMap((entry) => fileSchema.safeParse(entry).data ?? []);
    const unknown = answer.files.length - files.length;
    const why = answer.incompleteSearch === true ? "Google did not search every drive." : undefined;
    page = answer.nextPageToken || undefined;
    yield {
      files,
      next: page,
      incomplete: unknown === 0 ? why : `${unknown} files have a shape that is not known here.`,
    };
  }
}

async function allDrives(api: DriveApi): Promise<{ id: string; name: string }[]> {
  const drives: { id: string; name: string }[] = [];
  for (let page: string | undefined = ""; page !== undefined;) {
    const answer: Awaited<ReturnType<DriveApi["drives"]>> = await api.drives(page || undefined);
    drives.push(...answer.drives);
    page = answer.nextPageToken || undefined;
  }
  return drives;
}
