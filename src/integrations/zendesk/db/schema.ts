import { json, primaryKey, table, text } from "@/core/db/table";

/** One row a ticket. */
export const zendeskTicket = table(
  "zendeskTicket",
  {
    account: text().notNull(),
    ticketId: text().notNull(),
    subject: text().notNull(),
    status: text(),
    priority: text(),
    type: text(),
    channel: text(),
    requester: text(),
    organisation: text(),
    assignee: text(),
    groupName: text(),
    tags: json().notNull(),
    fields: json().notNull(),
    satisfaction: text(),
    createdAt: text(),
    updatedAt: text(),
    url: text(),
  },
  (t) => [primaryKey({ columns: [t.account, t.ticketId] })],
);

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
