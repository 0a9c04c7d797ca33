/** Servers, channels, members and roles as they were last listed. */
import { and, eq, inArray, like } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { removeOwnRows, rowsOfAccount } from "@/core/db/own-rows";
import type { Db } from "@/core/models/database";
import { ChatTables } from "@/core/services/conversations/chat-tables";
import { batches } from "@/lib/batches";
import { type MessageRow, messages } from "./messages";
import { discordChannel, discordMember, discordMessage, discordRole, discordServer } from "./schema";

export type ChannelRow = typeof discordChannel.$inferSelect;
export type MemberRow = typeof discordMember.$inferSelect;
export type ServerRow = typeof discordServer.$inferSelect;
export type RoleRow = typeof discordRole.$inferSelect;

const BATCH = 200;

export const chat = new ChatTables<ChannelRow, MessageRow>(discordChannel, messages, {
  listed: [
    ...(["serverId", "parentId", "type", "kind", "name", "topic", "tags", "tagIds", "tagNames"] as const),
    ...(["archived", "archivedAt", "lastMessageId", "access", "position", "stale"] as const),
  ],
  unread: { newestRead: null, oldestRead: null, readDownTo: null },
});

export function serversOf(db: Db, account: string): Promise<ServerRow[]> {
  return rowsOfAccount(db, discordServer, account);
}

export function channelsOf(db: Db, account: string, serverId?: string): Promise<ChannelRow[]> {
  return chat.channels(
    db,
    account,
    serverId === undefined ? undefined : eq(discordChannel.serverId, serverId),
  );
}

export function membersOf(db: Db, account: string, serverId: string): Promise<MemberRow[]> {
  return rowsOfAccount(db, discordMember, account, { where: eq(discordMember.serverId, serverId) });
}

export function rolesOf(db: Db, account: string, serverId: string): Promise<RoleRow[]> {
  return rowsOfAccount(db, discordRole, account, { where: eq(discordRole.serverId, serverId) });
}

export async function deleteServer(tx: Db, account: string, id: string): Promise<void> {
  await removeOwnRows(tx, discordServer, discordServer.id, account, [id]);
  await removeOwnRows(tx, discordRole, discordRole.serverId, account, [id]);
  await removeOwnRows(tx, discordMember, discordMember.serverId, account, [id]);
}

/** What is called by another name now. */
export interface Renamed {
  users?: readonly string[];
  roles?: readonly string[];
  channels?: readonly string[];
}

/** Marks the channels of a server in which renamed people wrote, or renamed things are mentioned. */
export function markStale(
  tx: Db,
  account: string,
  serverId: string,
  { users = [], roles = [], channels = [] }: Renamed,
): Promise<void> {
  const { content, authorId, replyTo } = discordMessage;
  const mentions = [
    ...users.flatMap((id) => [`%<@${id}>%`, `%<@!${id}>%`]),
    ...roles.map((id) => `%<@&${id}>%`),
    ...channels.map((id) => `%<#${id}>%`),
  ].map((pattern) => like(content, pattern));
  const written = batches(users, BATCH).map((ids) => inArray(authorId, ids));
  const original = alias(discordMessage, "original");
  // A forward tells where it comes from, and its words do not name that.
  const forwarded = batches(channels, BATCH).map((ids) =>
    inArray(
      replyTo,
      tx
        .select({ id: original.id })
        .from(original)
        .where(and(eq(original.account, account), inArray(original.channelId, ids))),
    ),
  );
  const conditions = [...written, ...mentions, ...forwarded];
  return chat.markStale(tx, account, conditions, eq(discordMessage.serverId, serverId));
}
