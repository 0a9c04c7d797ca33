/** Rows that say what could not be read: of a channel as a whole, and of single messages. Each ends when that is over. */
import { failedKeys } from "@/core/db/queries/waiting-items";
import type { Db } from "@/core/models/database";
import type { ChannelKey } from "@/core/services/conversations/message-table";
import { compareIds } from "../models/snowflake";

/** Under this key it is told that a channel cannot be read on; each page that can be settles it. */
export const channelNotice = (channelId: string) => `channel:${channelId}`;

const ofMessages = (channelId: string) => `message:${channelId}:`;

/** Under this key it is told that a message cannot be read. */
export const messageNotice = (channelId: string, id: string) => `${ofMessages(channelId)}${id}`;

/** Keys under which messages of a channel could not be read so far, with ids from `from` to `to`, both included. */
export async function openNotices(
  db: Db,
  { account, channelId }: ChannelKey,
  { from, to }: { from: string; to: string },
): Promise<string[]> {
  const stream = { integration: "Discord", account, stream: "messages" };
  const begin = ofMessages(channelId);
  const keys = await failedKeys(db, stream, begin);
  const idOf = (key: string) => key.slice(begin.length);
  return keys.filter((key) => compareIds(idOf(key), from) >= 0 && compareIds(idOf(key), to) <= 0);
}
