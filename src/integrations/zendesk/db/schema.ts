import { json, primaryKey, table, text } from "@/core/db/table";

/** One row an article that is served, open to SQL. */
export const zendeskArticle = table(
  "zendeskArticle",
  {
    account: text().notNull(),
    articleId: text().notNull(),
    title: text().notNull(),
    category: text(),
    section: text(),
    author: text(),
    locale: text(),
    labels: json().notNull(),
    segment: text(),
    editedAt: text(),
    url: text(),
  },
  (t) => [primaryKey({ columns: [t.account, t.articleId] })],
);
