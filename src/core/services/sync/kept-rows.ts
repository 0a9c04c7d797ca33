import type { PgColumn } from "drizzle-orm/pg-core";
import { type KeyedTable, removeOwnRows, saveOwnRows } from "@/core/db/own-rows";
import type { Stream } from "./stream";

/** Rows of a source's own table that follow its items: one each. Made by `ownRows`. */
export interface OwnRows<Item> {
  table: KeyedTable;
  /** The column beside `account` that holds the stream's key. */
  key: PgColumn;
  of: (item: Item, account: string) => KeyedTable["$inferInsert"];
}

/** Ties a row's shape to its table: `ownRows(acmeItem, acmeItem.itemId, (item, account) => ({ account, … }))`. */
export function ownRows<Item, Table extends KeyedTable>(
  table: Table,
  key: PgColumn,
  of: (item: Item, account: string) => Table["$inferInsert"],
): OwnRows<Item> {
  return { table, key, of };
}

/** The two functions of a stream that keep them. */
export function keptRows<Item>({
  table,
  key,
  of,
}: OwnRows<Item>): Required<Pick<Stream<Item>, "save" | "remove">> {
  return {
    save: (tx, items, { account }) =>
      saveOwnRows(
        tx,
        table,
        key,
        items.map((item) => of(item, account)),
      ),
    remove: (tx, keys, { account }) => removeOwnRows(tx, table, key, account, keys),
  };
}
