import { and, gt, type SQL } from "drizzle-orm";
import { rowsOfAccount } from "@/core/db/own-rows";
import { keptRows, type OwnRows } from "./kept-rows";
import type { Page, PageRequest, Stream } from "./stream";

const BATCH = 500;

/**
 * In place of a stream that a person's settings leave out: takes out what was read of it, and forgets how far it was read,
 * so that it begins anew when it is chosen again.
 *
 * @param rows of the stream, one an item; they say what was read.
 * @param which narrows them to the stream's own where several streams share a table.
 */
export function leftOutStream<Item>(name: string, rows: OwnRows<Item>, which?: SQL): Stream<Item> {
  return {
    name,
    enumerates: [],
    // There are no items: nothing is keyed, compared or rendered.
    key: () => "",
    version: () => "",
    render: () => null,
    pages: (request) => pagesOf(rows, which, request),
    ...keptRows(rows),
  };
}

async function* pagesOf<Item>(
  { table, key }: OwnRows<Item>,
  which: SQL | undefined,
  { db, context }: PageRequest,
): AsyncGenerator<Page<Item>> {
  let last = "";
  for (let met = BATCH; met === BATCH;) {
    const where = and(gt(key, last), which);
    const rows = await rowsOfAccount(db, table, context.account, { where, limit: BATCH });
    const keys = rows.map((row) => String(row[key.name]));
    yield {
      items: [],
      removed: keys.map((one) => ({ key: one, state: "hidden" })),
      cursor: null,
      watermark: null,
    };
    last = keys.at(-1) ?? "";
    met = rows.length;
  }
}
