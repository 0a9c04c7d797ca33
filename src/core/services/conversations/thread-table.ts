/** A table of messages that answers in threads share with the channel that they stand below. */
import { and, eq, isNotNull } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Db } from "@/core/models/database";
import {
  type ChannelKey,
  type MessageColumns,
  MessageTable,
  type MessageTableOptions,
} from "./message-table";
import type { StoredMessage } from "./windows";

export interface ThreadMessage extends StoredMessage {
  /** Id of the message that the thread began from, for that one as well; null outside of threads. */
  threadId: string | null;
  /** True where it is shown in the channel itself. */
  inChannel: boolean;
  /** True while the answers of the thread that begins here are to be read. */
  threadPending: boolean;
  /** Source id of the artifact of the thread that it is shown in. */
  threadArtifact: string | null;
}

type ThreadColumns<Row> = MessageColumns<Row> &
  Record<Exclude<keyof ThreadMessage, keyof StoredMessage>, PgColumn>;

export class ThreadTable<Row extends ThreadMessage> extends MessageTable<Row, ThreadMessage> {
  constructor(
    private readonly columns: ThreadColumns<Row>,
    options: Omit<MessageTableOptions<Row>, "shownInChannel" | "artifacts">,
  ) {
    super(columns, {
      ...options,
      shownInChannel: eq(columns.inChannel, true),
      artifacts: [columns.artifact, columns.threadArtifact],
    });
  }

  /** A thread's messages, the one that it began from included, rising. */
  thread(db: Db, key: ChannelKey, id: string): Promise<Row[]> {
    return this.rows(db, key, eq(this.columns.threadId, id));
  }

  /** Threads whose answers are to be read, the youngest first. */
  async pendingThreads(db: Db, key: ChannelKey): Promise<string[]> {
    return (await this.ids(db, key, eq(this.columns.threadPending, true))).toReversed();
  }

  /** Threads that were read. */
  async readThreads(db: Db, key: ChannelKey): Promise<string[]> {
    const { threadId, threadArtifact } = this.columns;
    const rows = await db
      .selectDistinct({ id: threadId })
      .from(this.declared)
      .where(this.here(key, and(isNotNull(threadArtifact), isNotNull(threadId))));
    return rows.map(({ id }) => String(id));
  }

  /** Removes the answers of a thread but those that stand in the channel as well. */
  async endThread(tx: Db, key: ChannelKey, id: string): Promise<void> {
    const { threadId, inChannel } = this.columns;
    const whole = eq(threadId, id);
    await tx.delete(this.declared).where(this.here(key, and(whole, eq(inChannel, false))));
    await tx.update(this.declared).set({ threadArtifact: null }).where(this.here(key, whole));
  }
}
