import { boolean, integer, json, primaryKey, table, text } from "@/core/db/table";

/** One row a thread that is served. */
export const gmailThread = table(
  "gmailThread",
  {
    account: text().notNull(),
    threadId: text().notNull(),
    subject: text().notNull(),
    messages: integer().notNull(),
    firstAt: text(),
    lastAt: text(),
    /** Address of whoever wrote last. */
    lastFrom: text(),
    /** Whether the last message is the account's own. */
    lastSent: boolean().notNull(),
    url: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.account, t.threadId] })],
);

/** The messages of these threads, without what is in the bin, the spam, or not sent. */
export const gmailMessage = table(
  "gmailMessage",
  {
    account: text().notNull(),
    messageId: text().notNull(),
    threadId: text().notNull(),
    at: text(),
    fromName: text(),
    fromAddress: text(),
    /** Addresses. */
    to: json().$type<string[]>(),
    cc: json().$type<string[]>(),
    sent: boolean().notNull(),
    /** Ids of labels, named in gmailLabel. */
    labels: json().$type<string[]>(),
    /** Names. */
    attachments: json().$type<string[]>(),
  },
  (t) => [primaryKey({ columns: [t.account, t.messageId] })],
);

/** Labels that people see. */
export const gmailLabel = table(
  "gmailLabel",
  { account: text().notNull(), labelId: text().notNull(), name: text().notNull(), own: boolean().notNull() },
  (t) => [primaryKey({ columns: [t.account, t.labelId] })],
);
