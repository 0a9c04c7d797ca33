/** Channels in a table of an integration's own, with their messages: what is listed, read, shown anew and taken out. */
import { and, eq, or, type SQL } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { changeOwnRows, removeOwnRows, rowsOfAccount, upsertRows } from "@/core/db/own-rows";
import type { Db } from "@/core/models/database";
import { batches } from "@/lib/batches";
import type { ChannelKey, MessageTable } from "./message-table";
import type { StoredMessage } from "./windows";

/** What all chats know of a channel; how far it has been read stands in columns of the integration's own. */
export interface StoredChannel {
  account: string;
  id: string;
  /** "gone" and "left out" are for good; whatever else is not read may come back. */
  access: string;
  /** Set when names changed, so that what is shown must be rendered again. */
  stale: boolean;
}

type ChannelColumns<Channel> = PgTable & Record<keyof StoredChannel, PgColumn> & { $inferSelect: Channel };

export interface ChannelTableOptions<Channel> {
  /** Columns that a listing tells; the others stay as they are when a channel is listed again. */
  listed: readonly (keyof Channel & string)[];
  /** Fields of a channel of which nothing has been read. */
  unread: Partial<Channel>;
}

/** Conditions that one statement looks for at most. */
const MOST_CONDITIONS = 50;

export class ChatTables<Channel extends StoredChannel, Message extends StoredMessage> {
  private readonly declared: PgTable & { account: PgColumn };

  constructor(
    private readonly table: ChannelColumns<Channel>,
    readonly messages: MessageTable<Message>,
    private readonly options: ChannelTableOptions<Channel>,
  ) {
    this.declared = table;
  }

  async channels(db: Db, account: string, where?: SQL): Promise<Channel[]> {
    const found: unknown[] = await rowsOfAccount(db, this.declared, account, { where });
    // Rows of this very table, by the type that it was given with.
    return found as Channel[];
  }

  /** Writes what a listing says; reading goes on where it stood. */
  save(tx: Db, rows: readonly Channel[]): Promise<void> {
    return upsertRows(tx, this.declared, rows, this.options.listed);
  }

  change(
    tx: Db,
    account: string,
    ids: readonly string[],
    fields: Partial<Channel> | Partial<StoredChannel>,
  ): Promise<void> {
    return changeOwnRows(tx, this.declared, this.table.id, account, ids, fields);
  }

  /** Forgets how far channels were read, so that all is read again; what is stored stays until it is compared. */
  async forgetReading(tx: Db, account: string, besides: Partial<Channel> = {}): Promise<void> {
    const fields = { ...this.options.unread, ...besides };
    await tx.update(this.declared).set(fields).where(eq(this.table.account, account));
  }

  /**
   * Marks the channels in which a message meets one of the conditions: somebody who is called otherwise now wrote it, or
   * is spoken of.
   *
   * @param within narrows all of them.
   */
  async markStale(tx: Db, account: string, conditions: readonly SQL[], within?: SQL): Promise<void> {
    for (const some of batches(conditions, MOST_CONDITIONS)) {
      const ids = await this.messages.channelsWith(tx, account, and(within, or(...some)));
      await this.change(tx, account, ids, { stale: true });
    }
  }

  /** Notes that all that a channel shows was rendered with the names that there are now. */
  shownAnew(tx: Db, { account, channelId }: ChannelKey): Promise<void> {
    return this.change(tx, account, [channelId], { stale: false });
  }

  /** Removes a channel's messages, and the channel where it is gone; of others it is kept that nothing of them was read. */
  async leave(tx: Db, key: ChannelKey, access: string): Promise<void> {
    const { account, channelId } = key;
    await this.messages.clear(tx, key);
    if (access === "gone") await removeOwnRows(tx, this.declared, this.table.id, account, [channelId]);
    else await this.change(tx, account, [channelId], { ...this.options.unread, access });
  }
}
