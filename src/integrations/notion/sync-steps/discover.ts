/** Pages and databases that pages link to and no listing has met: asked for, with the rows of databases. */
import { MissingError, RequestRefusedError, unlessRefused } from "@/core/services/http/errors";
import { markMissing, openLinks } from "../db/links";
import { saveDataSources, saveListedPages } from "../db/queries";
import { plainId } from "../markdown/context";
import type { Listing } from "./listing";
import { rowsOfOne } from "./query-rows";
import { dataSourceRow, pageRow } from "./rows";

const BATCH = 50;
const WEEK_MS = 7 * 24 * 3_600_000;

/**
 * Follows links of pages that were read, and writes what they lead to as round `round` of the listing. What the
 * connection may not see is asked for again after a week.
 *
 * @returns whether anything was found.
 */
export async function discover(listing: Listing, round: number): Promise<boolean> {
  const { db, context, startedAt } = listing;
  const missingSince = new Date(Date.parse(startedAt) - WEEK_MS).toISOString();
  let found = false;
  for (;;) {
    const links = await openLinks(db, context.account, missingSince, BATCH);
    if (links.length === 0) return found;
    for (const { id, kind } of links) {
      context.signal.throwIfAborted();
      // A link may lead to something else than it says.
      const there = await unlessRefused(lookUp(listing, id, kind, round), RequestRefusedError);
      if (there !== true) await markMissing(db, context.account, id, startedAt);
      found ||= there === true;
    }
  }
}

async function lookUp(
  listing: Listing,
  id: string,
  kind: "page" | "database" | "dataSource",
  round: number,
): Promise<boolean> {
  if (kind === "page") return addPage(listing, id, round);
  if (kind === "dataSource") return addDataSource(listing, id, round);
  const database = await unlessRefused(listing.api.database(id), MissingError);
  let found = false;
  for (const source of database?.in_trash === false ? database.data_sources : []) {
    found = (await addDataSource(listing, plainId(source.id), round)) || found;
  }
  return found;
}

async function addPage(
  { api, db, context, id: listing, saw }: Listing,
  id: string,
  round: number,
): Promise<boolean> {
  const page = await unlessRefused(api.page(id), MissingError);
  if (page === undefined || page.in_trash) return false;
  saw(page.last_edited_time);
  await saveListedPages(db, [pageRow(page, { account: context.account, listing, round })]);
  return true;
}

/** All rows, also in an incremental sync: the data source is new to us. */
async function addDataSource(listing: Listing, id: string, round: number): Promise<boolean> {
  const source = await unlessRefused(listing.api.dataSource(id), MissingError);
  if (source === undefined || source.in_trash) return false;
  const { account } = listing.context;
  for await (const page of rowsOfOne({ ...listing, since: null }, id, round)) void page;
  await saveDataSources(listing.db, [dataSourceRow(source, { account, listing: listing.id })]);
  return true;
}
