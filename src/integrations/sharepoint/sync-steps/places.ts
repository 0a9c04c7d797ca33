/** Which sites, libraries and OneDrive an account's settings mean, as Microsoft lists them now. */
import { PermanentError } from "@/core/models/errors";
import { ForbiddenError, MissingError, unlessRefused } from "@/core/services/http/errors";
import { plainLine } from "@/lib/clean-text";
import { closest } from "@/lib/closest";
import type { GraphApi } from "../api/graph-api";
import { type Listed, orNothing } from "../api/graph-reader";
import type { DriveRow, SiteRow } from "../db/queries";
import type { Drive, Site } from "../models/models";
import type { SharePointOptions } from "../models/options";

/** Names of libraries that are told where one is unknown, at most. */
const MOST_NAMED = 20;

export interface Places {
  sites: SiteRow[];
  /** What is read. */
  drives: DriveRow[];
  /** Ids of all that is there, chosen or not. */
  listed: ReadonlySet<string>;
  /** Links of people's under which no site is to be seen. */
  missing: string[];
  /** False where Microsoft listed something in a shape that is not known here: what is not listed may be there. */
  complete: boolean;
}

const refusals = [MissingError, ForbiddenError];

/** @throws PermanentError where nothing at all is listed, or a library is called otherwise than a person wrote. */
export async function findPlaces(
  api: GraphApi,
  options: SharePointOptions,
  account: string,
  known: readonly SiteRow[],
): Promise<Places> {
  const found =
    options.sites.length > 0 ? await chosenSites(api, options.sites, known) : await allSites(api, known);
  const sites = [...new Map(found.sites.map((one) => [one.site.id, one])).values()].map((one) =>
    siteRow(account, one),
  );
  if (sites.length === 0 && known.length > 0 && options.sites.length === 0) throw noneListed();
  const libraries: DriveRow[] = [];
  let { complete } = found;
  for (const site of sites) {
    const { items, unknown } = await gathered(orNothing(api.drivesOf(site.siteId)));
    if (unknown > 0) complete = false;
    libraries.push(...items.map((drive) => driveRow(account, drive, site)));
  }
  const drives = chosenOf(libraries, options.libraries);
  const own = options.oneDrive ? await unlessRefused(api.ownDrive(), ...refusals) : undefined;
  if (own !== undefined) drives.push(driveRow(account, own, undefined));
  const listed = new Set([...libraries, ...drives].map(({ driveId }) => driveId));
  return { sites, drives, listed, missing: found.missing, complete };
}

interface Found {
  sites: { site: Site; chosenAs: string | null }[];
  missing: string[];
  complete: boolean;
}

/**
 * All that is searched for and found, but for people's OneDrives, which are sites as well. A search lags behind: a site
 * that was read before and is not found is asked for by its id.
 */
async function allSites(api: GraphApi, known: readonly SiteRow[]): Promise<Found> {
  const { items, unknown } = await gathered(api.sites());
  const found = new Set(items.map(({ id }) => id));
  for (const { siteId } of known.filter((site) => !found.has(site.siteId))) {
    const site = await unlessRefused(api.site(siteId), ...refusals);
    if (site !== undefined) items.push(site);
  }
  const sites = items.filter(({ webUrl }) => !isPersonal(webUrl)).map((site) => ({ site, chosenAs: null }));
  return { sites, missing: [], complete: unknown === 0 };
}

/** @returns true for somebody's OneDrive. */
export const isPersonal = (url: string) => /^https:\/\/[^/]*-my\.sharepoint\.|\/personal\//i.test(url);

/** A site that moved to another address is still the one that was chosen. */
async function chosenSites(
  api: GraphApi,
  links: readonly string[],
  known: readonly SiteRow[],
): Promise<Found> {
  const sites: Found["sites"] = [];
  const missing: string[] = [];
  for (const chosenAs of links) {
    const before = known.find((row) => row.chosenAs === chosenAs);
    const site =
      (before && (await unlessRefused(api.site(before.siteId), ...refusals))) ??
      (await unlessRefused(api.siteAt(new URL(chosenAs)), ...refusals));
    if (site === undefined) missing.push(chosenAs);
    else sites.push({ site, chosenAs });
  }
  return { sites, missing, complete: true };
}

async function gathered<Item>(
  listing: AsyncIterable<Listed<Item>>,
): Promise<{ items: Item[]; unknown: number }> {
  const all: { items: Item[]; unknown: number } = { items: [], unknown: 0 };
  for await (const { items, unknown } of listing) {
    all.items.push(...items);
    all.unknown += unknown;
  }
  return all;
}

/** @throws PermanentError: a library that was renamed must neither leave nor bring others in. */
function chosenOf(libraries: readonly DriveRow[], names: readonly string[]): DriveRow[] {
  if (names.length === 0) return [...libraries];
  const ids = new Set<string>();
  for (const given of names) {
    const lower = given.toLowerCase();
    const meant = libraries.filter(({ driveId, name }) => driveId === given || name.toLowerCase() === lower);
    if (meant.length === 0) throw unknownLibrary(given, libraries);
    for (const { driveId } of meant) ids.add(driveId);
  }
  return libraries.filter(({ driveId }) => ids.has(driveId));
}

function unknownLibrary(given: string, libraries: readonly DriveRow[]): PermanentError {
  const names = [...new Set(libraries.map(({ name }) => name))];
  const near = closest(given, names);
  const hint =
    near.length > 0
      ? `Did it become ${near.join(" or ")}?`
      : `There are ${names.slice(0, MOST_NAMED).join(", ") || "none"}.`;
  throw new PermanentError(`None of the sites has a library '${plainLine(given, 100)}'. ${hint}`, {
    action: "Choose the libraries again on the source's page. What was read is kept until then.",
  });
}

function noneListed(): PermanentError {
  return new PermanentError("Microsoft lists no site at all for this account, where it listed some before.", {
    action: "Nothing was removed. Look whether the account still sees them; the next sync asks again.",
  });
}

function siteRow(account: string, { site, chosenAs }: Found["sites"][number]): SiteRow {
  const name = plainLine(site.displayName || site.name || site.webUrl, 300);
  return { account, siteId: site.id, name, url: site.webUrl, chosenAs };
}

function driveRow(account: string, drive: Drive, site: SiteRow | undefined): DriveRow {
  return {
    account,
    driveId: drive.id,
    siteId: site?.siteId ?? null,
    siteName: site?.name ?? null,
    name: plainLine(drive.name || "Documents", 300),
    url: drive.webUrl ?? null,
  };
}
