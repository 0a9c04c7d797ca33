/** Messages as they were last read, by channel and in the order of their times. */
import { and, eq, isNotNull } from "drizzle-orm";
import type { Db } from "@/core/models/database";
import { type ChannelKey, MessageTable } from "@/core/services/conversations/message-table";
import { timeOf } from "../models/timestamp";
import { slackMessage } from "./schema";

export type MessageRow = typeof slackMessage.$inferSelect;

export const messages = new MessageTable<MessageRow>(slackMessage, {
  timeOf,
  textOf: ({ text }) => text,
  shownInChannel: eq(slackMessage.inChannel, true),
  artifacts: [slackMessage.artifact, slackMessage.threadArtifact],
});

const inThread = (thread: string) => eq(slackMessage.threadTs, thread);

/** A thread's messages, the one that it began from included, rising. */
export function threadOf(db: Db, key: ChannelKey, thread: string): Promise<MessageRow[]> {
  return messages.rows(db, key, inThread(thread));
}

/** Threads whose answers are to be read, the youngest first. */
export async function pendingThreads(db: Db, key: ChannelKey): Promise<string[]> {
  return (await messages.ids(db, key, eq(slackMessage.threadPending, true))).toReversed();
}

/** Threads that were read, by the `ts` they began with. */
export async function readThreads(db: Db, key: ChannelKey): Promise<string[]> {
  const { threadTs, threadArtifact } = slackMessage;
  const read = messages.here(key, and(isNotNull(threadArtifact), isNotNull(threadTs)));
  const rows = await db.selectDistinct({ thread: threadTs }).from(slackMessage).where(read);
  return rows.flatMap(({ thread }) => thread ?? []);
}

/** Removes the answers of a thread but those that stand in the channel as well. */
export async function endThread(tx: Db, key: ChannelKey, thread: string): Promise<void> {
  const whole = inThread(thread);
  await tx.delete(slackMessage).where(messages.here(key, and(whole, eq(slackMessage.inChannel, false))));
  await tx.update(slackMessage).set({ threadArtifact: null }).where(messages.here(key, whole));
}
