import { boolean, index, integer, json, primaryKey, table, text, textCalled } from "@/core/db/table";
import type { ApiMessage } from "../models/api";

/** Channels of the workspace, also those that the app may not read. */
export const slackChannel = table(
  "slackChannel",
  {
    account: text().notNull(),
    id: text().notNull(),
    name: text().notNull(),
    topic: text().notNull(),
    purpose: text().notNull(),
    isPrivate: boolean().notNull(),
    isArchived: boolean().notNull(),
    members: integer().notNull(),
    /** Name of the workspace. */
    workspace: text().notNull().default(""),
    url: text().notNull().default(""),
    /** "readable", "archived" (kept as it was read), "not joined", "left out", "refused" or "gone". */
    access: text().notNull(),
    /** The newest message that was read, by its `ts`; null before the first page. */
    newestRead: text(),
    /** Everything from here to `newestRead` was read; "0" is the beginning. */
    backTo: text(),
    /** The run that last read what is new here. */
    readInRun: text(),
    /** Set when names changed, so that what is shown must be rendered again. */
    stale: boolean().notNull(),
  },
  (columns) => [primaryKey({ columns: [columns.account, columns.id] })],
);

/** People and apps. */
export const slackUser = table(
  "slackUser",
  {
    account: text().notNull(),
    id: text().notNull(),
    /** The name that others see. */
    name: text().notNull(),
    realName: text(),
    title: text(),
    email: text(),
    isBot: boolean().notNull(),
    isDeleted: boolean().notNull(),
  },
  (columns) => [primaryKey({ columns: [columns.account, columns.id] })],
);

/** Messages as they were last read, answers in threads included. */
export const slackMessage = table(
  "slackMessage",
  {
    account: text().notNull(),
    channelId: text().notNull(),
    /** Slack's `ts`, id of a message in its channel: seconds since 1970 with six decimals, which sort by time. */
    id: textCalled("ts").notNull(),
    /** `id` of the message that the thread began from; null outside of threads. */
    threadId: textCalled("threadTs"),
    /** True where it is shown in the channel itself. */
    inChannel: boolean().notNull(),
    subtype: text(),
    /** False for Slack's own notices of people coming and going and the like. */
    said: boolean().notNull(),
    authorId: text(),
    authorName: text().notNull(),
    text: text().notNull(),
    createdAt: text().notNull(),
    editedAt: text(),
    replies: integer().notNull(),
    /** True while the answers of the thread that begins here are to be read. */
    threadPending: boolean().notNull(),
    reactions: integer().notNull(),
    files: integer().notNull(),
    /** Source id of the artifact of the channel that it is shown in. */
    artifact: text(),
    /** Source id of the artifact of the thread that it is shown in. */
    threadArtifact: text(),
    raw: json().$type<ApiMessage>().notNull(),
  },
  (columns) => [
    primaryKey({ columns: [columns.account, columns.channelId, columns.id] }),
    index("slackMessageThread").on(columns.account, columns.channelId, columns.threadId),
    index("slackMessageAuthor").on(columns.account, columns.authorId),
  ],
);
