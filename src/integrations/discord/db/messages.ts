/** Messages as they were last read, by channel and in the order of their ids. */
import { eq, inArray } from "drizzle-orm";
import type { Db } from "@/core/models/database";
import { type ChannelKey, MessageTable } from "@/core/services/conversations/message-table";
import { batches } from "@/lib/batches";
import { orderKey, timeOfId } from "../models/snowflake";
import { discordMessage } from "./schema";

export type MessageRow = typeof discordMessage.$inferSelect;

export const messages = new MessageTable<MessageRow>(discordMessage, {
  timeOf: timeOfId,
  textOf: ({ content }) => content,
  order: { column: discordMessage.orderKey, of: orderKey },
});

/** Ids of the messages of a channel that answer one of these. */
export async function answersTo(db: Db, key: ChannelKey, ids: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const batch of batches(ids, 200))
    found.push(...(await messages.ids(db, key, inArray(discordMessage.replyTo, batch))));
  return found;
}

/** The row of a kind in a channel, the lowest of them. */
export async function firstOfType(db: Db, key: ChannelKey, type: number): Promise<MessageRow | undefined> {
  return (await messages.rows(db, key, eq(discordMessage.type, type), { limit: 1 }))[0];
}
