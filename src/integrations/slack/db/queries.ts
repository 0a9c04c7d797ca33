/** Channels and people as they were last listed. */
import { and, eq, like, or } from "drizzle-orm";
import { changeOwnRows, removeOwnRows, rowsOfAccount, upsertRows } from "@/core/db/own-rows";
import type { Db } from "@/core/models/database";
import { batches } from "@/lib/batches";
import { slackChannel, slackMessage, slackUser } from "./schema";

export type ChannelRow = typeof slackChannel.$inferSelect;
export type UserRow = typeof slackUser.$inferSelect;

/** What a listing says of a channel; how far it has been read stays as it is. */
const listed = [
  ...(["name", "topic", "purpose", "isPrivate", "isArchived", "members", "access"] as const),
  ...(["workspace", "url"] as const),
];

export function channelsOf(db: Db, account: string): Promise<ChannelRow[]> {
  return rowsOfAccount(db, slackChannel, account);
}

export function usersOf(db: Db, account: string): Promise<UserRow[]> {
  return rowsOfAccount(db, slackUser, account);
}

export function saveUsers(tx: Db, rows: readonly UserRow[]): Promise<void> {
  return upsertRows(tx, slackUser, rows);
}

export function saveChannels(tx: Db, rows: readonly ChannelRow[]): Promise<void> {
  return upsertRows(tx, slackChannel, rows, listed);
}

export function updateChannel(
  tx: Db,
  { account, id }: ChannelRow,
  fields: Partial<ChannelRow>,
): Promise<void> {
  return changeOwnRows(tx, slackChannel, slackChannel.id, account, [id], fields);
}

export function deleteChannel(tx: Db, { account, id }: ChannelRow): Promise<void> {
  return removeOwnRows(tx, slackChannel, slackChannel.id, account, [id]);
}

/** Forgets how far channels were read, so that all is read again; what is stored stays until it is compared. */
export async function forgetReading(tx: Db, account: string): Promise<void> {
  await tx
    .update(slackChannel)
    .set({ newestRead: null, backTo: null })
    .where(eq(slackChannel.account, account));
}

/** Marks channels in which renamed people wrote, or renamed people and channels are spoken of. */
export async function markStale(
  tx: Db,
  account: string,
  renamed: { users: readonly string[]; channels: readonly string[] },
): Promise<void> {
  const { channelId, authorId, text } = slackMessage;
  const stale = new Set(renamed.channels);
  const conditions = [
    ...renamed.users.flatMap((id) => [eq(authorId, id), like(text, `%<@${id}%`)]),
    ...renamed.channels.map((id) => like(text, `%<#${id}%`)),
  ];
  for (const some of batches(conditions, 50)) {
    const rows = await tx
      .selectDistinct({ id: channelId })
      .from(slackMessage)
      .where(and(eq(slackMessage.account, account), or(...some)));
    for (const { id } of rows) stale.add(id);
  }
  await changeOwnRows(tx, slackChannel, slackChannel.id, account, [...stale], { stale: true });
}
