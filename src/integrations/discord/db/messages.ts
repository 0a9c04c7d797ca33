/** Messages as they were last read, by channel and in the order of their ids. */
import { and, asc, count, desc, eq, gt, gte, inArray, isNotNull, lt, lte, max } from "drizzle-orm";
import { upsertRows } from "@/core/db/own-rows";
import type { Db } from "@/core/models/database";
import { batches } from "@/lib/batches";
import { orderKey } from "../models/snowflake";
import { discordMessage } from "./schema";

export type MessageRow = typeof discordMessage.$inferSelect;

/** A channel of an account. */
export interface ChannelKey {
  account: string;
  channelId: string;
}

const inChannel = ({ account, channelId }: ChannelKey) =>
  and(eq(discordMessage.account, account), eq(discordMessage.channelId, channelId));

/** Rows with ids from `from` to `to`, both included, rising. */
export function messagesBetween(db: Db, key: ChannelKey, from: string, to: string): Promise<MessageRow[]> {
  return db
    .select()
    .from(discordMessage)
    .where(
      and(
        inChannel(key),
        gte(discordMessage.orderKey, orderKey(from)),
        lte(discordMessage.orderKey, orderKey(to)),
      ),
    )
    .orderBy(asc(discordMessage.orderKey));
}

/** At most `limit` rows of what people said below or above an id, nearest first. */
export function saidBeside(
  db: Db,
  key: ChannelKey,
  side: "below" | "above",
  id: string,
  limit: number,
): Promise<MessageRow[]> {
  const { orderKey: column } = discordMessage;
  const below = side === "below";
  return db
    .select()
    .from(discordMessage)
    .where(and(inChannel(key), eq(discordMessage.said, true), (below ? lt : gt)(column, orderKey(id))))
    .orderBy(below ? desc(column) : asc(column))
    .limit(limit);
}

/** The lowest id above an id, if there is any. */
export async function firstAbove(db: Db, key: ChannelKey, id: string): Promise<string | undefined> {
  const [row] = await db
    .select({ id: discordMessage.id })
    .from(discordMessage)
    .where(and(inChannel(key), gt(discordMessage.orderKey, orderKey(id))))
    .orderBy(asc(discordMessage.orderKey))
    .limit(1);
  return row?.id;
}

export async function findMessages(db: Db, key: ChannelKey, ids: readonly string[]): Promise<MessageRow[]> {
  if (ids.length === 0) return [];
  const keys = ids.map(orderKey);
  return db
    .select()
    .from(discordMessage)
    .where(and(inChannel(key), inArray(discordMessage.orderKey, keys)));
}

/** Ids of the messages of a channel that answer one of these. */
export async function answersTo(db: Db, key: ChannelKey, ids: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const batch of batches(ids, 200)) {
    const rows = await db
      .select({ id: discordMessage.id })
      .from(discordMessage)
      .where(and(inChannel(key), inArray(discordMessage.replyTo, batch)));
    found.push(...rows.map(({ id }) => id));
  }
  return found;
}

/** The row of a kind in a channel, the lowest of them. */
export async function firstOfType(db: Db, key: ChannelKey, type: number): Promise<MessageRow | undefined> {
  const [row] = await db
    .select()
    .from(discordMessage)
    .where(and(inChannel(key), eq(discordMessage.type, type)))
    .orderBy(asc(discordMessage.orderKey))
    .limit(1);
  return row;
}

/** Source ids of the artifacts that a channel's messages are shown in. */
export async function artifactsOf(db: Db, key: ChannelKey): Promise<string[]> {
  const rows = await db
    .selectDistinct({ artifact: discordMessage.artifact })
    .from(discordMessage)
    .where(and(inChannel(key), isNotNull(discordMessage.artifact)));
  return rows.flatMap(({ artifact }) => artifact ?? []);
}

/** How many messages each channel of an account holds, and its highest id. */
export async function extents(
  db: Db,
  account: string,
): Promise<Map<string, { messages: number; newest: string }>> {
  const rows = await db
    .select({ id: discordMessage.channelId, messages: count(), newest: max(discordMessage.orderKey) })
    .from(discordMessage)
    .where(eq(discordMessage.account, account))
    .groupBy(discordMessage.channelId);
  return new Map(rows.map(({ id, messages, newest }) => [id, { messages, newest: newest ?? "" }]));
}

export function saveMessages(tx: Db, rows: readonly MessageRow[]): Promise<void> {
  return upsertRows(tx, discordMessage, rows);
}

/** Notes in which artifact messages are shown. */
export async function placeMessages(
  tx: Db,
  key: ChannelKey,
  ids: readonly string[],
  artifact: string,
): Promise<void> {
  for (const batch of batches(ids.map(orderKey), 200))
    await tx
      .update(discordMessage)
      .set({ artifact })
      .where(and(inChannel(key), inArray(discordMessage.orderKey, batch)));
}

export async function deleteMessages(tx: Db, key: ChannelKey, ids?: readonly string[]): Promise<void> {
  if (ids === undefined) await tx.delete(discordMessage).where(inChannel(key));
  for (const batch of batches((ids ?? []).map(orderKey), 200))
    await tx.delete(discordMessage).where(and(inChannel(key), inArray(discordMessage.orderKey, batch)));
}
