/** Renders a channel's conversations again from what is stored, because names in them changed. Asks for nothing. */
import type { Page } from "@/core/services/sync/stream";
import { messages } from "../db/messages";
import { updateChannel } from "../db/queries";
import { type Conversation, conversationsIn, keyOf, type Reading } from "./message-page";

/** Messages rendered with one page, about. */
const STRETCH = 500;
const nothing = { written: new Map(), deleted: new Set<string>() };

export async function* stalePages(reading: Reading): AsyncGenerator<Page<Conversation>, void, undefined> {
  const { db, channel } = reading;
  for (let from = "0"; ;) {
    const rows = await messages.store(db, keyOf(channel)).beside("above", from, STRETCH);
    const [first, last] = [rows[0]?.id, rows.at(-1)?.id];
    const ends = rows.length < STRETCH;
    const ranges = first === undefined || last === undefined ? [] : [{ from: first, to: last }];
    const { items } = await conversationsIn(reading, ranges, nothing);
    yield {
      items,
      cursor: { channel: channel.id, stale: from },
      save: async (tx) => {
        if (ends) await updateChannel(tx, channel.account, channel.id, { stale: false });
      },
    };
    if (ends || last === undefined) return;
    from = last;
  }
}
