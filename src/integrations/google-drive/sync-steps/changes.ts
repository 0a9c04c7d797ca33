/** What changed since: first by the account's own list of changes, then by those of its shared drives. */
import { readCheckpoint } from "@/core/db/queries/sync-state";
import { CursorExpiredError } from "@/core/models/errors";
import { ForbiddenError, MissingError, unlessRefused } from "@/core/services/http/errors";
import { askForFullPass } from "@/core/services/sync/full-pass";
import type { Page, PageRequest } from "@/core/services/sync/stream";
import type { DriveApi } from "../api/drive-api";
import { driveRows } from "../db/queries";
import type { DriveOptions } from "../models/options";
import { type Changed, changedPages } from "./change-page";
import { drivePages } from "./drive-pages";
import { FILES_STREAM, isUnderWay, listingPages } from "./listing";
import { type Logs, logsSchema, placesOf, startOfDrive } from "./logs";
import { Places } from "./places";
import type { DriveItem } from "./stream";

/** Strict: where an interrupted listing goes on is another thing. */
const cursorSchema = logsSchema.strict();

/**
 * Where a list no longer reaches back far enough, or a full listing was left off, everything is listed, and the next
 * sync looks for deletions.
 */
export async function* changePages(
  api: DriveApi,
  options: DriveOptions,
  request: PageRequest,
): AsyncGenerator<Page<DriveItem>> {
  const logs = cursorSchema.safeParse(request.cursor).data;
  if (logs === undefined) {
    yield* listingPages(api, options, request);
    return;
  }
  if (await wasListingLeftOff(request)) {
    yield* everythingAnew(api, options, request, "A listing of everything was left off before its end.");
    return;
  }
  try {
    yield* pagesSince(api, options, request, logs);
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
  logs: Logs,
): AsyncGenerator<Page<DriveItem>> {
  const { integration, account } = context;
  const places = await Places.load(db, account, options.folders);
  const forget = (driveId: string) => void delete logs.drives[driveId];
  const missed = (why: string) => askForFullPass(db, { integration, account }, why);
  const changed: Changed = { api, options, db, account, places, forget, missed };
  yield* replayed(changed, logs, undefined);
  for (const { driveId } of await driveRows(db, account)) {
    if (logs.drives[driveId] !== undefined) {
      yield* replayed(changed, logs, driveId);
      continue;
    }
    const start = await startOfDrive(api, driveId);
    if (start === undefined) continue;
    yield* drivePages(changed, driveId, () => placesOf(logs));
    logs.drives[driveId] = start;
    yield { items: [], cursor: placesOf(logs) };
  }
}

/** One list of changes to its end, noting in `logs` how far it was read. */
async function* replayed(
  changed: Changed,
  logs: Logs,
  driveId: string | undefined,
): AsyncGenerator<Page<DriveItem>> {
  let token = driveId === undefined ? logs.changes : logs.drives[driveId];
  while (token !== undefined) {
    const asked = changed.api.changes(token, driveId);
    // A drive that is no longer ours: the account's own list says so, now or the next time.
    const answer = await (driveId === undefined ? asked : unlessRefused(asked, MissingError, ForbiddenError));
    if (answer === undefined) {
      changed.forget(driveId ?? "");
      return;
    }
    const next = answer.nextPageToken || undefined;
    const place = next ?? answer.newStartPageToken ?? token;
    yield* changedPages(changed, answer.changes, placesOf(logs), () => {
      if (driveId === undefined) logs.changes = place;
      else logs.drives[driveId] = place;
      return placesOf(logs);
    });
    token = next;
  }
}
