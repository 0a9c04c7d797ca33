import { and, eq, notInArray } from "drizzle-orm";
import type { Db } from "@/core/models/database";
import type { SyncContext } from "@/core/models/integration";
import { leftOutStream } from "@/core/services/sync/left-out-stream";
import type { Page, Stream } from "@/core/services/sync/stream";
import { plainLine } from "@/lib/clean-text";
import { createGraphApi } from "../api/graph-api";
import { graphHttp } from "../api/graph-http";
import { type DriveRow, knownDrives, knownSites, saveSites, type SiteRow } from "../db/queries";
import { sharepointItem, sharepointPage } from "../db/schema";
import type { SharePointOptions } from "../models/options";
import { driveStream } from "./drive-stream";
import { itemRows, leavingDrive, leavingPages, pageRows } from "./leaving";
import { pagesStream, pagesStreamName } from "./pages-stream";
import { findPlaces, type Places } from "./places";
import { SHARED_STREAM, sharedStream } from "./shared-stream";

/** A stream for each drive and each site's pages, and before them one for each that is no longer read. */
export async function sharepointStreams(
  context: SyncContext,
  options: SharePointOptions,
  db: Db,
): Promise<Stream<unknown>[]> {
  const { account, signal } = context;
  const { maxFileMb } = options;
  const api = createGraphApi(context.http(graphHttp(context.auth)), context, signal);
  const known = { sites: await knownSites(db, account), drives: await knownDrives(db, account) };
  const places = await findPlaces(api, options, account, known.sites);
  const { sites, drives } = places;
  return [
    sitesStream(places, known.sites),
    ...known.drives.flatMap((drive) => {
      const why = whyLeaving(places, options, drive, known.sites);
      return why === undefined ? [] : [leavingDrive({ account, driveId: drive.driveId }, why)];
    }),
    ...drives.map((drive) => driveStream(context, { api, drive, maxFileMb })),
    options.oneDrive
      ? sharedStream(context, { api, drives, maxFileMb })
      : leftOutStream(SHARED_STREAM, itemRows, sharedRows([...drives, ...known.drives])),
    ...known.sites
      .filter(({ siteId }) => sites.every((site) => site.siteId !== siteId))
      .filter((site) => places.complete || isUnchosen(places, options, site))
      .map((site) =>
        leavingPages(account, site.siteId, isUnchosen(places, options, site) ? "by choice" : "not listed"),
      ),
    ...sites.map((site) =>
      options.pages
        ? pagesStream(context, api, site)
        : leftOutStream(pagesStreamName(site.siteId), pageRows, eq(sharepointPage.siteId, site.siteId)),
    ),
  ];
}

/** True for a site that settings leave out, rather than one that is not to be seen. */
function isUnchosen({ missing }: Places, { sites }: SharePointOptions, { chosenAs }: SiteRow): boolean {
  return sites.length > 0 && (chosenAs === null || !missing.includes(chosenAs));
}

function whyLeaving(
  places: Places,
  options: SharePointOptions,
  { driveId, siteId }: DriveRow,
  known: readonly SiteRow[],
): "by choice" | "not listed" | undefined {
  if (places.drives.some((drive) => drive.driveId === driveId)) return undefined;
  if (places.listed.has(driveId) || (siteId === null && !options.oneDrive)) return "by choice";
  const site = known.find((row) => row.siteId === siteId);
  const isRead = places.sites.some((row) => row.siteId === siteId);
  if (site !== undefined && !isRead && isUnchosen(places, options, site)) return "by choice";
  return places.complete ? "not listed" : undefined;
}

/** Files that no drive which is read or was read holds: those of others. */
function sharedRows(drives: readonly DriveRow[]) {
  const ids = drives.map(({ driveId }) => driveId);
  return and(eq(sharepointItem.kind, "file"), notInArray(sharepointItem.driveId, ids));
}

/** Keeps the rows of sites, and says as a failed item, until it is over, which of the chosen ones are not to be seen. */
function sitesStream({ sites, missing }: Places, known: readonly SiteRow[]): Stream<unknown> {
  const key = "the choice of sites";
  const reason =
    `Not there, or not for this account to see: ${missing.map((link) => plainLine(link)).join(", ")}. ` +
    "Choose others on the source's page, or ask for access.";
  const news = sites.filter((site) => known.every((row) => JSON.stringify(row) !== JSON.stringify(site)));
  const told: Partial<Page<unknown>> =
    missing.length > 0 ? { failures: [{ key, reason }] } : { removed: [{ key, state: "gone" }] };
  return {
    name: "sites",
    enumerates: [],
    failureLimit: 1,
    key: () => "",
    version: () => "",
    render: () => null,
    pages: async function* () {
      yield { items: [], ...told, cursor: null, save: (tx) => saveSites(tx, news) };
    },
  };
}
