/** Messages as they were last read, by channel and in the order of their times. */
import { and, asc, count, desc, eq, gt, gte, inArray, isNotNull, lt, lte } from "drizzle-orm";
import { excluded } from "@/core/db/excluded";
import type { Db } from "@/core/models/database";
import { lotOf } from "@/core/services/conversations/cut";
import type { MessageStore } from "@/core/services/conversations/windows";
import { batches } from "@/lib/batches";
import { compareTs, timeOf } from "../models/timestamp";
import { slackMessage } from "./schema";

/** `id` is the `ts`. */
export type MessageRow = typeof slackMessage.$inferSelect & { id: string };

/** A channel of an account. */
export interface ChannelKey {
  account: string;
  channelId: string;
}

const here = ({ account, channelId }: ChannelKey) =>
  and(eq(slackMessage.account, account), eq(slackMessage.channelId, channelId));
const withId = (row: typeof slackMessage.$inferSelect): MessageRow => ({ ...row, id: row.ts });

/** What is shown in the channel itself, as the core cuts it into conversations. */
export function channelStore(db: Db, key: ChannelKey): MessageStore<MessageRow> {
  return {
    compare: compareTs,
    line: ({ ts, text }) => ({
      id: ts,
      at: timeOf(ts),
      lot: lotOf(ts.replace(".", "")),
      length: text.length,
    }),
    between: async (from, to) => {
      const range = and(
        here(key),
        eq(slackMessage.inChannel, true),
        gte(slackMessage.ts, from),
        lte(slackMessage.ts, to),
      );
      return (await db.select().from(slackMessage).where(range).orderBy(asc(slackMessage.ts))).map(withId);
    },
    beside: async (side, ts, limit) => {
      const shown = and(here(key), eq(slackMessage.inChannel, true), eq(slackMessage.said, true));
      const [order, beyond] = side === "below" ? [desc, lt] : [asc, gt];
      const rows = db
        .select()
        .from(slackMessage)
        .where(and(shown, beyond(slackMessage.ts, ts)));
      return (await rows.orderBy(order(slackMessage.ts)).limit(limit)).map(withId);
    },
  };
}

/** A thread's messages, the one that it began from included, rising. */
export async function threadOf(db: Db, key: ChannelKey, threadTs: string): Promise<MessageRow[]> {
  const inThread = and(here(key), eq(slackMessage.threadTs, threadTs));
  return (await db.select().from(slackMessage).where(inThread).orderBy(asc(slackMessage.ts))).map(withId);
}

/** Threads whose answers are to be read, the youngest first. */
export async function pendingThreads(db: Db, key: ChannelKey): Promise<string[]> {
  const pending = and(here(key), eq(slackMessage.threadPending, true));
  const rows = db.select({ ts: slackMessage.ts }).from(slackMessage).where(pending);
  return (await rows.orderBy(desc(slackMessage.ts))).map(({ ts }) => ts);
}

/** Threads that were read, by the `ts` they began with. */
export async function readThreads(db: Db, key: ChannelKey): Promise<string[]> {
  const read = and(here(key), isNotNull(slackMessage.threadArtifact), isNotNull(slackMessage.threadTs));
  const rows = await db.selectDistinct({ ts: slackMessage.threadTs }).from(slackMessage).where(read);
  return rows.flatMap(({ ts }) => ts ?? []);
}

/** Source ids of the artifacts that a channel's messages are shown in. */
export async function artifactsOf(db: Db, key: ChannelKey): Promise<string[]> {
  const found = new Set<string>();
  for (const column of [slackMessage.artifact, slackMessage.threadArtifact]) {
    const rows = await db
      .selectDistinct({ artifact: column })
      .from(slackMessage)
      .where(and(here(key), isNotNull(column)));
    for (const { artifact } of rows) if (artifact !== null) found.add(artifact);
  }
  return [...found];
}

/** How many messages each channel of an account holds. */
export async function messageCounts(db: Db, account: string): Promise<Map<string, number>> {
  const rows = await db
    .select({ id: slackMessage.channelId, messages: count() })
    .from(slackMessage)
    .where(eq(slackMessage.account, account))
    .groupBy(slackMessage.channelId);
  return new Map(rows.map(({ id, messages }) => [id, messages]));
}

export async function saveMessages(tx: Db, rows: readonly MessageRow[]): Promise<void> {
  const target = [slackMessage.account, slackMessage.channelId, slackMessage.ts];
  for (const batch of batches(rows, 100)) {
    const values = batch.map(({ id: _ts, ...row }) => row);
    await tx
      .insert(slackMessage)
      .values(values)
      .onConflictDoUpdate({ target, set: excluded(slackMessage) });
  }
}

/** Changes some columns of messages. */
export async function updateMessages(
  tx: Db,
  key: ChannelKey,
  all: readonly string[],
  fields: Partial<Pick<MessageRow, "artifact" | "threadArtifact" | "threadPending">>,
): Promise<void> {
  for (const batch of batches(all, 200))
    await tx
      .update(slackMessage)
      .set(fields)
      .where(and(here(key), inArray(slackMessage.ts, batch)));
}

export async function deleteMessages(tx: Db, key: ChannelKey, all?: readonly string[]): Promise<void> {
  if (all === undefined) await tx.delete(slackMessage).where(here(key));
  for (const batch of batches(all ?? [], 200))
    await tx.delete(slackMessage).where(and(here(key), inArray(slackMessage.ts, batch)));
}

/** Removes the answers of a thread but those that stand in the channel as well. */
export async function endThread(tx: Db, key: ChannelKey, threadTs: string): Promise<void> {
  const inThread = and(here(key), eq(slackMessage.threadTs, threadTs));
  await tx.delete(slackMessage).where(and(inThread, eq(slackMessage.inChannel, false)));
  await tx.update(slackMessage).set({ threadArtifact: null }).where(inThread);
}
