/** Channels and people as they were last listed. */
import { eq, like } from "drizzle-orm";
import { rowsOfAccount, upsertRows } from "@/core/db/own-rows";
import type { Db } from "@/core/models/database";
import { ChatTables } from "@/core/services/conversations/chat-tables";
import { type MessageRow, messages } from "./messages";
import { slackChannel, slackMessage, slackUser } from "./schema";

export type ChannelRow = typeof slackChannel.$inferSelect;
export type UserRow = typeof slackUser.$inferSelect;

export const chat = new ChatTables<ChannelRow, MessageRow>(slackChannel, messages, {
  listed: [
    ...(["name", "topic", "purpose", "isPrivate", "isArchived", "members", "access"] as const),
    ...(["workspace", "url"] as const),
  ],
  unread: { newestRead: null, backTo: null, readInRun: null },
});

export function usersOf(db: Db, account: string): Promise<UserRow[]> {
  return rowsOfAccount(db, slackUser, account);
}

export function saveUsers(tx: Db, rows: readonly UserRow[]): Promise<void> {
  return upsertRows(tx, slackUser, rows);
}

/** Marks channels in which renamed people wrote, or renamed people and channels are spoken of. */
export async function markStale(
  tx: Db,
  account: string,
  { users, channels }: { users: readonly string[]; channels: readonly string[] },
): Promise<void> {
  const { authorId, text } = slackMessage;
  await chat.change(tx, account, channels, { stale: true });
  await chat.markStale(tx, account, [
    ...users.flatMap((id) => [eq(authorId, id), like(text, `%<@${id}%`)]),
    ...channels.map((id) => like(text, `%<#${id}%`)),
  ]);
}
