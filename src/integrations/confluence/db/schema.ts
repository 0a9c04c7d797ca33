import { integer, json, primaryKey, table, text } from "@/core/db/table";

/** One row a page or blog post that is served, open to SQL. */
export const confluencePage = table(
  "confluencePage",
  {
    account: text().notNull(),
    pageId: text().notNull(),
    kind: text().notNull(),
    title: text().notNull(),
    spaceKey: text(),
    space: text(),
    path: json().notNull(),
    parentId: text(),
    author: text(),
    version: integer(),
    createdAt: text(),
    updatedAt: text(),
    url: text(),
  },
  (t) => [primaryKey({ columns: [t.account, t.pageId] })],
);
