import { boolean, index, integer, json, primaryKey, table, text } from "@/core/db/table";
import type { ApiMessage } from "../models/api";

/** Servers that the bot is in. */
export const discordServer = table(
  "discordServer",
  {
    account: text().notNull(),
    id: text().notNull(),
    name: text().notNull(),
    description: text(),
  },
  (columns) => [primaryKey({ columns: [columns.account, columns.id] })],
);

/** Channels and threads, and how far each has been read. */
export const discordChannel = table(
  "discordChannel",
  {
    account: text().notNull(),
    id: text().notNull(),
    serverId: text().notNull(),
    /** The category of a channel, the channel of a thread. */
    parentId: text(),
    /** Discord's number of the kind. */
    type: integer().notNull(),
    kind: text().notNull(),
    name: text().notNull(),
    topic: text(),
    /** Names of a post's tags. */
    tags: json().$type<string[]>().notNull(),
    tagIds: json().$type<string[]>().notNull(),
    /** Names of the tags that a forum offers, by id. */
    tagNames: json().$type<Record<string, string>>().notNull(),
    archived: boolean().notNull(),
    archivedAt: text(),
    lastMessageId: text(),
    createdAt: text().notNull(),
    /** "readable", "category", or why not: "closed", "no history", "refused", "left out", "gone". */
    access: text().notNull(),
    /** Highest and lowest id read in one piece; null before the first page. */
    newestRead: text(),
    oldestRead: text(),
    /** How far down reading has come to an end: "0" for the beginning; null while older messages are left. */
    readDownTo: text(),
    /** The run that last read what is new and young here. */
    readInRun: text(),
    /** The run that last listed its archived threads. */
    listedInRun: text(),
    /** Archived threads up to this time of archiving are known. */
    archiveMark: text(),
    /** Set when names changed, so that what is shown must be rendered again. */
    stale: boolean().notNull(),
    position: integer().notNull(),
  },
  (columns) => [
    primaryKey({ columns: [columns.account, columns.id] }),
    index("discordChannelParent").on(columns.account, columns.parentId),
  ],
);

/** People and bots as a server knows them. */
export const discordMember = table(
  "discordMember",
  {
    account: text().notNull(),
    serverId: text().notNull(),
    userId: text().notNull(),
    username: text().notNull(),
    /** The name they chose for all servers. */
    displayName: text(),
    /** Their name in this server. */
    nick: text(),
    bot: boolean().notNull(),
  },
  (columns) => [primaryKey({ columns: [columns.account, columns.serverId, columns.userId] })],
);

export const discordRole = table(
  "discordRole",
  {
    account: text().notNull(),
    serverId: text().notNull(),
    id: text().notNull(),
    name: text().notNull(),
  },
  (columns) => [primaryKey({ columns: [columns.account, columns.id] })],
);

/** Messages as they were last read. */
export const discordMessage = table(
  "discordMessage",
  {
    account: text().notNull(),
    /** The channel or thread it stands in. */
    channelId: text().notNull(),
    id: text().notNull(),
    /** The id with zeros in front: sorts by time. */
    orderKey: text().notNull(),
    serverId: text().notNull(),
    type: integer().notNull(),
    /** False for Discord's own notices of joins, pins and the like. */
    said: boolean().notNull(),
    authorId: text().notNull(),
    /** The author's name when the message was read. */
    authorName: text().notNull(),
    content: text().notNull(),
    createdAt: text().notNull(),
    editedAt: text(),
    replyTo: text(),
    /** Source id of the artifact it is shown in. */
    artifact: text(),
    reactions: integer().notNull(),
    attachments: integer().notNull(),
    raw: json().$type<ApiMessage>().notNull(),
  },
  (columns) => [
    primaryKey({ columns: [columns.account, columns.channelId, columns.orderKey] }),
    index("discordMessageReply").on(columns.account, columns.replyTo),
    index("discordMessageAuthor").on(columns.account, columns.authorId),
    index("discordMessageArtifact").on(columns.account, columns.artifact),
  ],
);
