import { boolean, index, integer, json, primaryKey, table, text } from "@/core/db/table";
import type { Property } from "../models/objects";

/** One row a page, rows of databases included. Ids are without dashes. */
export const notionPage = table(
  "notionPage",
  {
    account: text().notNull(),
    pageId: text().notNull(),
    title: text().notNull(),
    url: text().notNull(),
    /** What holds it: `workspace`, `page_id`, `data_source_id`, `block_id` … */
    parentType: text().notNull(),
    /** Id of what holds it; empty for the workspace. */
    parentId: text().notNull(),
    /** The data source whose row it is; null for other pages. */
    dataSourceId: text(),
    /** Titles from the top down to what holds it, separated by ` / `; null until it was read. */
    breadcrumb: text(),
    createdTime: text().notNull(),
    lastEditedTime: text().notNull(),
    createdBy: text(),
    lastEditedBy: text(),
    /** The row's properties by name, as text; null until it was read. */
    properties: json().$type<Record<string, string>>(),
    /** The properties as Notion gave them. */
    rawProperties: json().$type<Record<string, Property>>().notNull(),
    /** Values of properties with more than the 25 that a page object holds, by name. */
    longProperties: json().$type<Record<string, Property>>(),
    /** The page's content as markdown, comments included; null until it was read. */
    body: text(),
    /** Which edit `body` is of. */
    bodyMark: text(),
    /** When `body` was read, by Notion's clock. */
    readAt: text(),
    /** Hash of the title, the breadcrumb and the properties that the artifact was written with. */
    headHash: text(),
    /** The listing that met the page last, and the round in which it was found. */
    listing: text().notNull(),
    round: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.account, t.pageId] }),
    index("notionPage_dataSource").on(t.dataSourceId),
    index("notionPage_listing").on(t.listing),
    index("notionPage_edited").on(t.lastEditedTime),
  ],
);

/** One row a data source: the table behind a database. */
export const notionDataSource = table(
  "notionDataSource",
  {
    account: text().notNull(),
    dataSourceId: text().notNull(),
    databaseId: text().notNull(),
    title: text().notNull(),
    description: text().notNull(),
    url: text().notNull(),
    parentType: text().notNull(),
    parentId: text().notNull(),
    /** Its columns by name: type, and options where there are some. */
    columns: json().$type<Record<string, { type: string; options: string[] }>>().notNull(),
    lastEditedTime: text().notNull(),
    listing: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.account, t.dataSourceId] })],
);

/** What pages contain and speak of: one row a pair. */
export const notionLink = table(
  "notionLink",
  {
    account: text().notNull(),
    fromId: text().notNull(),
    toId: text().notNull(),
    /** `page`, `database` or `dataSource`. */
    kind: text().$type<"page" | "database" | "dataSource">().notNull(),
    /** True where the page holds what is linked. */
    contains: boolean().notNull(),
    /** When Notion last said that the connection may not see it, or that it is gone. */
    missingAt: text(),
  },
  (t) => [primaryKey({ columns: [t.account, t.fromId, t.toId] }), index("notionLink_to").on(t.toId)],
);

/** People and bots of the workspace, as far as the connection may see them. */
export const notionUser = table(
  "notionUser",
  {
    account: text().notNull(),
    userId: text().notNull(),
    name: text().notNull(),
    email: text(),
    /** `person` or `bot`. */
    type: text(),
  },
  (t) => [primaryKey({ columns: [t.account, t.userId] })],
);
