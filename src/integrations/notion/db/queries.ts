import { and, asc, eq, gt, inArray, isNotNull, isNull, like, ne, not, or, sql } from "drizzle-orm";
import { changeOwnRows, removeOwnRows, rowsOfAccount, upsertRows } from "@/core/db/own-rows";
import type { Db } from "@/core/models/database";
import { notionDataSource, notionLink, notionPage, notionUser } from "./schema";

export type PageRow = typeof notionPage.$inferSelect;
export type DataSourceRow = typeof notionDataSource.$inferSelect;

/** What a listing says of a page; what was read of it stays. */
const listed = [
  "title",
  "url",
  "parentType",
  "parentId",
  "dataSourceId",
  "createdTime",
  "lastEditedTime",
  "createdBy",
  "lastEditedBy",
  "rawProperties",
  "listing",
  "round",
] as const;

/** Stores what listings say, over what they said before. */
export function saveListedPages(db: Db, rows: readonly (typeof notionPage.$inferInsert)[]): Promise<void> {
  return upsertRows(db, notionPage, rows, listed);
}

/** What reading a page came to. */
export type ReadPage = Pick<PageRow, "pageId" | "breadcrumb" | "properties" | "headHash"> &
  Partial<Pick<PageRow, "body" | "bodyMark" | "readAt" | "longProperties">>;

/** Stores what reading came to, beside what listings say. */
export async function saveReadPages(tx: Db, account: string, pages: readonly ReadPage[]): Promise<void> {
  for (const { pageId, ...fields } of pages)
    await changeOwnRows(tx, notionPage, notionPage.pageId, account, [pageId], fields);
}

/** Pages of one listing's round by id, with when each was read last. */
export function roundOf(db: Db, account: string, listing: string, round: number) {
  return db
    .select({ pageId: notionPage.pageId, readAt: notionPage.readAt })
    .from(notionPage)
    .where(and(eq(notionPage.account, account), eq(notionPage.listing, listing), eq(notionPage.round, round)))
    .orderBy(asc(notionPage.pageId));
}

export function pagesByIds(db: Db, account: string, ids: readonly string[]): Promise<PageRow[]> {
  return rowsOfAccount(db, notionPage, account, { where: inArray(notionPage.pageId, [...ids]) });
}

/** What listings have told of these pages, without what was read of them. */
export function listedPages(db: Db, account: string, ids: readonly string[]) {
  const { pageId, title, url, parentType, parentId, dataSourceId, rawProperties } = notionPage;
  const { createdTime, lastEditedTime, createdBy, lastEditedBy } = notionPage;
  const place = { pageId, title, url, parentType, parentId, dataSourceId };
  return db
    .select({ ...place, createdTime, lastEditedTime, createdBy, lastEditedBy, rawProperties })
    .from(notionPage)
    .where(and(eq(notionPage.account, account), inArray(notionPage.pageId, [...ids])));
}

/**
 * Pages that another listing met and of which no content is stored, or that of an earlier edit: left out by what was
 * chosen then, or failed.
 */
export function unreadPages(db: Db, account: string, listing: string) {
  const { pageId, body, bodyMark, lastEditedTime } = notionPage;
  const isRead = like(bodyMark, sql`${lastEditedTime} || '%'`);
  return db
    .select({ pageId, lastEditedTime })
    .from(notionPage)
    .where(
      and(
        eq(notionPage.account, account),
        ne(notionPage.listing, listing),
        or(isNull(body), isNull(bodyMark), not(isRead)),
      ),
    );
}

/** Counts these pages among those that a listing's first round met. */
export function relistPages(db: Db, account: string, ids: readonly string[], listing: string): Promise<void> {
  return changeOwnRows(db, notionPage, notionPage.pageId, account, ids, { listing, round: 0 });
}

export function dataSourcesByIds(db: Db, account: string, ids: readonly string[]): Promise<DataSourceRow[]> {
  return rowsOfAccount(db, notionDataSource, account, {
    where: inArray(notionDataSource.dataSourceId, [...ids]),
  });
}

/** Whether a row of this data source was met before this listing. */
export async function hasEarlierRows(
  db: Db,
  account: string,
  dataSourceId: string,
  listing: string,
): Promise<boolean> {
  const rows = await db
    .select({ one: sql`1` })
    .from(notionPage)
    .where(
      and(
        eq(notionPage.account, account),
        eq(notionPage.dataSourceId, dataSourceId),
        ne(notionPage.listing, listing),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

/** Pages that have been read, by id. */
export function readPagesAfter(db: Db, account: string, afterId: string, limit: number): Promise<PageRow[]> {
  const where = and(gt(notionPage.pageId, afterId), isNotNull(notionPage.body));
  return rowsOfAccount(db, notionPage, account, { where, limit });
}

/** Ids of pages that a listing has not met. */
export async function unlistedPages(
  db: Db,
  account: string,
  listing: string,
  afterId: string,
  limit: number,
): Promise<string[]> {
  const rows = await db
    .select({ id: notionPage.pageId })
    .from(notionPage)
    .where(
      and(eq(notionPage.account, account), ne(notionPage.listing, listing), gt(notionPage.pageId, afterId)),
    )
    .orderBy(asc(notionPage.pageId))
    .limit(limit);
  return rows.map(({ id }) => id);
}

export async function removePages(db: Db, account: string, ids: readonly string[]): Promise<void> {
  await removeOwnRows(db, notionPage, notionPage.pageId, account, ids);
  await removeOwnRows(db, notionLink, notionLink.fromId, account, ids);
}

export function saveDataSources(db: Db, rows: readonly DataSourceRow[]): Promise<void> {
  return upsertRows(db, notionDataSource, rows);
}

export function dataSourcesAfter(
  db: Db,
  account: string,
  afterId: string,
  limit: number,
): Promise<DataSourceRow[]> {
  const where = gt(notionDataSource.dataSourceId, afterId);
  return rowsOfAccount(db, notionDataSource, account, { where, limit });
}

export function removeDataSources(db: Db, account: string, ids: readonly string[]): Promise<void> {
  return removeOwnRows(db, notionDataSource, notionDataSource.dataSourceId, account, ids);
}

/** Served rows of a data source, by title. */
export async function rowsOf(
  db: Db,
  account: string,
  dataSourceId: string,
): Promise<{ title: string; url: string }[]> {
  return db
    .select({ title: notionPage.title, url: notionPage.url })
    .from(notionPage)
    .where(
      and(
        eq(notionPage.account, account),
        eq(notionPage.dataSourceId, dataSourceId),
        isNotNull(notionPage.body),
      ),
    )
    .orderBy(asc(notionPage.title), asc(notionPage.pageId));
}

export function saveUsers(db: Db, users: readonly (typeof notionUser.$inferInsert)[]): Promise<void> {
  return upsertRows(db, notionUser, users);
}

export async function userNames(db: Db, account: string): Promise<Map<string, string>> {
  const rows = await rowsOfAccount(db, notionUser, account);
  return new Map(rows.map(({ userId, name }) => [userId, name]));
}

/** Everything that says where pages are, for breadcrumbs: small columns of all rows. */
export async function placesOf(db: Db, account: string) {
  const { pageId, title, parentType, parentId } = notionPage;
  const pages = await db
    .select({ pageId, title, parentType, parentId })
    .from(notionPage)
    .where(eq(notionPage.account, account));
  const sources = await rowsOfAccount(db, notionDataSource, account);
  const contains = { where: eq(notionLink.contains, true) };
  const links = await rowsOfAccount(db, notionLink, account, contains);
  return { pages, sources, containers: links.map(({ toId, fromId }) => ({ id: toId, in: fromId })) };
}
