/** Links from page to page: what no listing tells of is met by them. */
import { and, asc, eq, isNull, lt, notExists, or, sql } from "drizzle-orm";
import { changeOwnRows, removeOwnRows, upsertRows } from "@/core/db/own-rows";
import type { Db } from "@/core/models/database";
import { notionDataSource, notionLink, notionPage } from "./schema";

export type LinkRow = typeof notionLink.$inferInsert;

/** Links of these pages; earlier ones of theirs go. */
export async function replaceLinks(
  tx: Db,
  account: string,
  fromIds: readonly string[],
  links: readonly LinkRow[],
): Promise<void> {
  await removeOwnRows(tx, notionLink, notionLink.fromId, account, fromIds);
  await saveLinks(tx, links);
}

/** Stores links beside those that are known. */
export function saveLinks(tx: Db, links: readonly LinkRow[]): Promise<void> {
  return upsertRows(tx, notionLink, links, ["kind", "contains"]);
}

/** Links to what no listing has met, leaving out what was missing when it was last asked for, after `missingSince`. */
export async function openLinks(
  db: Db,
  account: string,
  missingSince: string,
  limit: number,
): Promise<{ id: string; kind: LinkRow["kind"] }[]> {
  const of = (column: "pageId") => eq(notionPage[column], notionLink.toId);
  const page = db
    .select({ one: sql`1` })
    .from(notionPage)
    .where(and(eq(notionPage.account, account), of("pageId")));
  const source = db
    .select({ one: sql`1` })
    .from(notionDataSource)
    .where(
      and(
        eq(notionDataSource.account, account),
        or(
          eq(notionDataSource.dataSourceId, notionLink.toId),
          eq(notionDataSource.databaseId, notionLink.toId),
        ),
      ),
    );
  return db
    .selectDistinct({ id: notionLink.toId, kind: notionLink.kind })
    .from(notionLink)
    .where(
      and(
        eq(notionLink.account, account),
        or(isNull(notionLink.missingAt), lt(notionLink.missingAt, missingSince)),
        notExists(page),
        notExists(source),
      ),
    )
    .orderBy(asc(notionLink.toId))
    .limit(limit);
}

/** What a link leads to was asked for at `at` (ISO-8601), and was not there. */
export function markMissing(db: Db, account: string, toId: string, at: string): Promise<void> {
  return changeOwnRows(db, notionLink, notionLink.toId, account, [toId], { missingAt: at });
}
