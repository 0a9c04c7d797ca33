import { boolean, integer, json, primaryKey, table, text } from "@/core/db/table";
import type { CrawlNote } from "../crawl/crawl-note";

/** One row a page that is served. */
export const firecrawlPage = table(
  "firecrawlPage",
  {
    account: text().notNull(),
    /** Its address without scheme, `www.`, tracking and slash at the end. */
    pageId: text().notNull(),
    url: text().notNull(),
    /** The start address whose crawl brought it. */
    startUrl: text().notNull(),
    /** Host without `www.`. */
    site: text().notNull(),
    title: text().notNull(),
    description: text(),
    /** As the page says, such as `en` or `pt-BR`. */
    language: text(),
    words: integer().notNull(),
    /** ISO-8601 UTC, where the page says. */
    publishedAt: text(),
    modifiedAt: text(),
  },
  (t) => [primaryKey({ columns: [t.account, t.pageId] })],
);

/** One row a start address: how its last crawl ended. */
export const firecrawlSite = table(
  "firecrawlSite",
  {
    account: text().notNull(),
    startUrl: text().notNull(),
    /** Pages that the last crawl brought. */
    pages: integer().notNull(),
    /** Whether it reached all there is; `note` says why not. */
    complete: boolean().notNull(),
    note: text(),
    /** Lines that stand above or below the text of nearly all pages, and are left out. */
    repeated: json().$type<string[]>().notNull(),
    /** The crawl itself: its id, when it began, until when Firecrawl keeps it, what it cost. */
    crawlRun: json().$type<CrawlNote>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.account, t.startUrl] })],
);
