/** Messages in a table of an integration's own, by channel and in the order of their times: what every chat asks of it. */
import { and, asc, count, desc, eq, gt, gte, inArray, isNotNull, lt, lte, type SQL } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { upsertRows } from "@/core/db/own-rows";
import type { Db } from "@/core/models/database";
import { batches } from "@/lib/batches";
import { lotOf } from "./cut";
import type { MessageStore, StoredMessage } from "./windows";

/** A channel of an account. */
export interface ChannelKey {
  account: string;
  channelId: string;
}

/** The columns that all chats have; others are the integration's to choose. */
export type MessageColumns<Row> = PgTable &
  Record<"account" | "channelId" | "id" | "said" | "artifact", PgColumn> & { $inferSelect: Row };

export interface MessageTableOptions<Row> {
  /** When a message was written, in milliseconds since 1970, by its id alone. */
  timeOf: (id: string) => number;
  textOf: (row: Row) => string;
  /** Where the text order of ids is not that of times: the column that is in it, and what that holds for an id. */
  order?: { column: PgColumn; of: (id: string) => string };
  /** Holds for what is shown in the channel itself, where threads share the table with it. Default: for all. */
  shownInChannel?: SQL;
  /** Columns with the source ids of artifacts that a message is shown in. Default: `artifact`. */
  artifacts?: readonly PgColumn[];
}

const BATCH = 200;

/** @typeParam Common fields that are known of every such row. */
export class MessageTable<Row extends Common, Common extends StoredMessage = StoredMessage> {
  private readonly order: PgColumn;
  private readonly placeOf: (id: string) => string;
  /** As a table of any columns: Drizzle cannot infer what one that is a type parameter takes. */
  protected readonly declared: PgTable;

  constructor(
    private readonly table: MessageColumns<Row>,
    private readonly options: MessageTableOptions<Row>,
  ) {
    this.order = options.order?.column ?? table.id;
    this.placeOf = options.order?.of ?? ((id) => id);
    this.declared = table;
  }

  /** The order of two ids, which is that of their times. */
  readonly compare = (a: string, b: string): number => {
    const [first, second] = [this.placeOf(a), this.placeOf(b)];
    return first < second ? -1 : first > second ? 1 : 0;
  };

  /** Rows of a channel that a condition holds for, rising unless they are asked for from the newest down. */
  async rows(
    db: Db,
    key: ChannelKey,
    where?: SQL,
    { limit, newestFirst = false }: { limit?: number; newestFirst?: boolean } = {},
  ): Promise<Row[]> {
    const query = db
      .select()
      .from(this.declared)
      .where(this.here(key, where))
      .orderBy((newestFirst ? desc : asc)(this.order));
    const found: unknown[] = await (limit === undefined ? query : query.limit(limit));
    // Rows of this very table, by the type that it was given with.
    return found as Row[];
  }

  /** Ids of a channel's messages that a condition holds for, rising. */
  async ids(db: Db, key: ChannelKey, where: SQL, limit?: number): Promise<string[]> {
    const query = db
      .select({ id: this.table.id })
      .from(this.declared)
      .where(this.here(key, where))
      .orderBy(asc(this.order));
    return (await (limit === undefined ? query : query.limit(limit))).map(({ id }) => String(id));
  }

  /** The lowest id above an id, if there is any. */
  async firstAbove(db: Db, key: ChannelKey, id: string): Promise<string | undefined> {
    return (await this.ids(db, key, gt(this.order, this.placeOf(id)), 1))[0];
  }

  async find(db: Db, key: ChannelKey, ids: readonly string[]): Promise<Row[]> {
    const found: Row[] = [];
    await this.withIds(ids, async (some) => found.push(...(await this.rows(db, key, some))));
    return found;
  }

  /** What is shown in the channel itself, as it is cut into conversations. */
  store(db: Db, key: ChannelKey): MessageStore<Row> {
    const { timeOf, textOf, shownInChannel } = this.options;
    return {
      compare: this.compare,
      line: (row) => ({
        id: row.id,
        at: timeOf(row.id),
        lot: lotOf(row.id.replaceAll(/\D/g, "")),
        length: textOf(row).length,
      }),
      between: (from, to) => {
        const range = [gte(this.order, this.placeOf(from)), lte(this.order, this.placeOf(to))];
        return this.rows(db, key, and(shownInChannel, ...range));
      },
      beside: (side, id, limit) => {
        const newestFirst = side === "below";
        const beyond = (newestFirst ? lt : gt)(this.order, this.placeOf(id));
        const where = and(shownInChannel, eq(this.table.said, true), beyond);
        return this.rows(db, key, where, { limit, newestFirst });
      },
    };
  }

  /** Ids of an account's channels with messages that a condition holds for. */
  async channelsWith(db: Db, account: string, where: SQL | undefined): Promise<string[]> {
    const rows = await db
      .selectDistinct({ id: this.table.channelId })
      .from(this.declared)
      .where(and(eq(this.table.account, account), where));
    return rows.map(({ id }) => String(id));
  }

  /** Source ids of the artifacts that a channel's messages are shown in. */
  async artifacts(db: Db, key: ChannelKey): Promise<string[]> {
    const found = new Set<string>();
    for (const artifact of this.options.artifacts ?? [this.table.artifact]) {
      const query = db.selectDistinct({ artifact }).from(this.declared);
      for (const row of await query.where(this.here(key, isNotNull(artifact))))
        found.add(String(row.artifact));
    }
    return [...found];
  }

  /** How many messages each channel of an account holds. */
  async counts(db: Db, account: string): Promise<Map<string, number>> {
    const rows = await db
      .select({ id: this.table.channelId, messages: count() })
      .from(this.declared)
      .where(eq(this.table.account, account))
      .groupBy(this.table.channelId);
    return new Map(rows.map(({ id, messages }) => [String(id), messages]));
  }

  /** Writes messages; one that is known takes the place of what was there. */
  save(tx: Db, rows: readonly Row[]): Promise<void> {
    return upsertRows(tx, this.declared, rows);
  }

  /** Changes some columns of messages, such as the artifact that they are shown in. */
  change(
    tx: Db,
    key: ChannelKey,
    ids: readonly string[],
    fields: Partial<Row> | Partial<Common>,
  ): Promise<void> {
    return this.withIds(ids, (some) => tx.update(this.declared).set(fields).where(this.here(key, some)));
  }

  remove(tx: Db, key: ChannelKey, ids: readonly string[]): Promise<void> {
    return this.withIds(ids, (some) => tx.delete(this.declared).where(this.here(key, some)));
  }

  /** Removes all messages of a channel. */
  async clear(tx: Db, key: ChannelKey): Promise<void> {
    await tx.delete(this.declared).where(this.here(key));
  }

  /** Holds for messages of a channel, those alone that a condition holds for. */
  here({ account, channelId }: ChannelKey, where?: SQL): SQL | undefined {
    return and(eq(this.table.account, account), eq(this.table.channelId, channelId), where);
  }

  private async withIds(ids: readonly string[], work: (some: SQL) => PromiseLike<unknown>): Promise<void> {
    for (const batch of batches(ids.map(this.placeOf), BATCH)) await work(inArray(this.order, batch));
  }
}
