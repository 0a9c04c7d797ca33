/** What is remembered between syncs: the sites' last crawls, and which pages are known. */
import { and, eq, notInArray } from "drizzle-orm";
import { rowsOfAccount, upsertRows } from "@/core/db/own-rows";
import { findRun } from "@/core/db/queries/runs";
import type { Db } from "@/core/models/models";
import type { CrawlNote } from "../crawl/crawl-note";
import { firecrawlPage, firecrawlSite } from "./schema";

export type SiteRow = typeof firecrawlSite.$inferSelect;

/** By start address. A crawl whose listing did not end well (a person is asked first, say) is open as before. */
export async function siteRows(db: Db, account: string): Promise<Map<string, SiteRow>> {
  const rows = await rowsOfAccount(db, firecrawlSite, account);
  const told = rows.map(async (row): Promise<SiteRow> => {
    const { state, runId } = row.crawlRun;
    if (state !== "read" || !["failed", "cancelled"].includes((await findRun(db, runId))?.state ?? ""))
      return row;
    return { ...row, crawlRun: { ...row.crawlRun, state: "open" } };
  });
  return new Map((await Promise.all(told)).map((row) => [row.startUrl, row]));
}

/** Keys of the pages that are served. */
export async function knownPages(db: Db, account: string): Promise<Set<string>> {
  const rows = await db
    .select({ pageId: firecrawlPage.pageId })
    .from(firecrawlPage)
    .where(eq(firecrawlPage.account, account));
  return new Set(rows.map(({ pageId }) => pageId));
}

/** Remembers a crawl; what its row says of the one before stays until this one has been read. */
export async function noteCrawl(
  tx: Db,
  account: string,
  startUrl: string,
  crawlRun: CrawlNote,
): Promise<void> {
  const empty = { pages: 0, complete: false, note: null, repeated: [] };
  await upsertRows(tx, firecrawlSite, [{ account, startUrl, ...empty, crawlRun }], ["crawlRun"]);
}

/** These sites' rows and no others: what is not crawled any more has none. */
export async function replaceSites(tx: Db, account: string, rows: readonly SiteRow[]): Promise<void> {
  await upsertRows(tx, firecrawlSite, rows);
  const kept = rows.map(({ startUrl }) => startUrl);
  await tx
    .delete(firecrawlSite)
    .where(and(eq(firecrawlSite.account, account), notInArray(firecrawlSite.startUrl, kept)));
}
