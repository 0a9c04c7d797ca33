/** Servers, channels, members and roles as they were last listed. */
import { and, eq, inArray, like, or, type SQL } from "drizzle-orm";
import { changeOwnRows, removeOwnRows, rowsOfAccount, upsertRows } from "@/core/db/own-rows";
import type { Db } from "@/core/models/database";
import { batches } from "@/lib/batches";
import { discordChannel, discordMember, discordMessage, discordRole, discordServer } from "./schema";

export type ChannelRow = typeof discordChannel.$inferSelect;
export type MemberRow = typeof discordMember.$inferSelect;
export type ServerRow = typeof discordServer.$inferSelect;
export type RoleRow = typeof discordRole.$inferSelect;

const BATCH = 200;

/** What a listing says of a channel; how far it has been read stays as it is. */
const listed = [
  ...(["serverId", "parentId", "type", "kind", "name", "topic", "tags", "tagIds", "tagNames"] as const),
  ...(["archived", "archivedAt", "lastMessageId", "access", "position", "stale"] as const),
];

export function serversOf(db: Db, account: string): Promise<ServerRow[]> {
  return rowsOfAccount(db, discordServer, account);
}

export function channelsOf(db: Db, account: string, serverId?: string): Promise<ChannelRow[]> {
  const where = serverId === undefined ? undefined : eq(discordChannel.serverId, serverId);
  return rowsOfAccount(db, discordChannel, account, { where });
}

export function membersOf(db: Db, account: string, serverId: string): Promise<MemberRow[]> {
  return rowsOfAccount(db, discordMember, account, { where: eq(discordMember.serverId, serverId) });
}

export function rolesOf(db: Db, account: string, serverId: string): Promise<RoleRow[]> {
  return rowsOfAccount(db, discordRole, account, { where: eq(discordRole.serverId, serverId) });
}

/** Writes what a listing says; reading goes on where it stood. */
export function saveChannels(tx: Db, rows: readonly ChannelRow[]): Promise<void> {
  return upsertRows(tx, discordChannel, rows, listed);
}

export function updateChannel(
  tx: Db,
  account: string,
  id: string,
  fields: Partial<ChannelRow>,
): Promise<void> {
  return changeOwnRows(tx, discordChannel, discordChannel.id, account, [id], fields);
}

/** Forgets how far channels were read, so that all is read again; what is stored stays until it is compared. */
export async function forgetReading(tx: Db, account: string): Promise<void> {
  await tx
    .update(discordChannel)
    .set({ newestRead: null, oldestRead: null, readDownTo: null, archiveMark: null })
    .where(eq(discordChannel.account, account));
}

export function deleteChannel(tx: Db, account: string, id: string): Promise<void> {
  return removeOwnRows(tx, discordChannel, discordChannel.id, account, [id]);
}

export async function deleteServer(tx: Db, account: string, id: string): Promise<void> {
  await removeOwnRows(tx, discordServer, discordServer.id, account, [id]);
  await removeOwnRows(tx, discordRole, discordRole.serverId, account, [id]);
  await removeOwnRows(tx, discordMember, discordMember.serverId, account, [id]);
}

/** What is called by another name now. */
export interface Renamed {
  users: readonly string[];
  roles: readonly string[];
  channels: readonly string[];
}

/** Marks the channels of a server in which renamed people wrote, or renamed things are mentioned. */
export async function markStale(tx: Db, account: string, serverId: string, renamed: Renamed): Promise<void> {
  const { content, authorId } = discordMessage;
  const mentions = [
    ...renamed.users.flatMap((id) => [`%<@${id}>%`, `%<@!${id}>%`]),
    ...renamed.roles.map((id) => `%<@&${id}>%`),
    ...renamed.channels.map((id) => `%<#${id}>%`),
  ].map((pattern) => like(content, pattern));
  const written = batches(renamed.users, BATCH).map((ids) => inArray(authorId, ids));
  for (const conditions of batches<SQL>([...written, ...mentions], 50)) {
    const found = await tx
      .selectDistinct({ id: discordMessage.channelId })
      .from(discordMessage)
      .where(
        and(eq(discordMessage.account, account), eq(discordMessage.serverId, serverId), or(...conditions)),
      );
    await setStale(tx, account, [...found.map(({ id }) => id)]);
  }
}

export function setStale(tx: Db, account: string, ids: readonly string[]): Promise<void> {
  return changeOwnRows(tx, discordChannel, discordChannel.id, account, ids, { stale: true });
}
