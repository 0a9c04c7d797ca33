/** A small chat with tables of its own on a real database: threads share the messages' table with their channel. */
import { boolean, primaryKey, table, text, textCalled } from "@/core/db/table";
import type { RenderedArtifact } from "@/core/models/artifact";
import type { Db } from "@/core/models/database";
import type { ReadChannel } from "@/core/services/conversations/channel-pages";
import { ChatTables } from "@/core/services/conversations/chat-tables";
import { channelRule } from "@/core/services/conversations/cut";
import type { ReadThreads } from "@/core/services/conversations/thread-pages";
import { ThreadTable } from "@/core/services/conversations/thread-table";
import { temporaryDatabase } from "./database";

export const talkMessage = table(
  "talkMessage",
  {
    account: text().notNull(),
    channelId: text().notNull(),
    id: textCalled("sentAt").notNull(),
    said: boolean().notNull(),
    inChannel: boolean().notNull(),
    raw: text().notNull(),
    artifact: text(),
    threadId: text(),
    threadPending: boolean().notNull(),
    threadArtifact: text(),
  },
  (columns) => [primaryKey({ columns: [columns.account, columns.channelId, columns.id] })],
);
export type TalkMessage = typeof talkMessage.$inferSelect;

const talkChannel = table(
  "talkChannel",
  {
    account: text().notNull(),
    id: text().notNull(),
    name: text().notNull(),
    access: text().notNull(),
    newestRead: text(),
    stale: boolean().notNull(),
  },
  (columns) => [primaryKey({ columns: [columns.account, columns.id] })],
);
export type TalkChannel = typeof talkChannel.$inferSelect;

/** Ids are milliseconds since 1970. */
export const messages = new ThreadTable<TalkMessage>(talkMessage, {
  timeOf: Number,
  textOf: ({ raw }) => raw,
});

export const chat = new ChatTables<TalkChannel, TalkMessage>(talkChannel, messages, {
  listed: ["name", "access"],
  unread: { newestRead: null },
});

export const key = { account: "a", channelId: "c" };

export const message = (id: number | string, more: Partial<TalkMessage> = {}): TalkMessage => ({
  ...{ ...key, id: String(id), said: true, inChannel: true, raw: `Note ${id}`, artifact: null },
  ...{ threadId: null, threadPending: false, threadArtifact: null },
  ...more,
});

export const channel = (id: string, more: Partial<TalkChannel> = {}): TalkChannel => ({
  ...{ account: "a", id, name: id, access: "readable", newestRead: null, stale: false },
  ...more,
});

export const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);

/** A database with the two tables, empty. */
export async function talkDatabase(): Promise<AsyncDisposable & { db: Db }> {
  const database = await temporaryDatabase();
  await database.db.raw.run(
    "CREATE TABLE talkMessage (account, channelId, sentAt, said, inChannel, raw, artifact, threadId, threadPending, threadArtifact, PRIMARY KEY (account, channelId, sentAt))",
  );
  await database.db.raw.run(
    "CREATE TABLE talkChannel (account, id, name, access, newestRead, stale, PRIMARY KEY (account, id))",
  );
  return database;
}

const shownAs = (artifact: string, rows: readonly TalkMessage[]): RenderedArtifact => ({
  integrationArtifactId: artifact,
  kind: "conversation",
  title: "",
  markdown: rows.map(({ raw }) => raw).join(" "),
});

/** The channel as it is read; conversations show what was said, word for word. */
export function readChannel(db: Db, more: Partial<ReadChannel<TalkMessage>> = {}): ReadChannel<TalkMessage> {
  return {
    db,
    key,
    tables: chat,
    rule: channelRule,
    complete: true,
    provisional: false,
    keyOf: ({ rows }) => `conv:${rows[0]?.id ?? ""}`,
    render: (artifact, { rows }) => shownAs(artifact, rows),
    ...more,
  };
}

/** The channel's threads as they are read, shown in the same way. */
export function readThreads(db: Db): ReadThreads<TalkMessage> {
  return {
    db,
    key,
    messages,
    keyOf: (thread, part) => `thread:${thread}${part === undefined ? "" : `:${part}`}`,
    render: (artifact, rows) => shownAs(artifact, rows),
  };
}
