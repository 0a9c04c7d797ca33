/** A page of messages against what is stored of the stretch that it speaks for: what is new, changed, gone. */
import type { z } from "zod";
import type { ItemNotice } from "@/core/services/sync/stream";
import { hashJson } from "@/lib/hash";
import type { Changes, StoredMessage } from "./windows";

export interface ComparedMessages<Row> extends Changes<Row> {
  /** Messages of a shape that is not known: each is left out by itself, and must not take the others with it. */
  failures: ItemNotice[];
  /** Stored messages that the page no longer holds. */
  gone: Row[];
}

export interface MessageShape<Message, Row> {
  schema: z.ZodType<Message>;
  /** What a message that cannot be read is called in words, and the key that this is noted under. */
  notice: (id: string) => { key: string; words: string };
  row: (message: Message, before: Row | undefined) => Row;
}

/**
 * @param answered entries of the page with their ids.
 * @param stored everything that is stored of the same stretch.
 */
export function compareMessages<Message, Row extends StoredMessage & { raw: unknown }>(
  answered: readonly { id: string; entry: unknown }[],
  stored: readonly Row[],
  { schema, notice, row }: MessageShape<Message, Row>,
): ComparedMessages<Row> {
  const known = new Map(stored.map((one) => [one.id, one]));
  const failures: ItemNotice[] = [];
  const written = new Map<string, Row>();
  for (const { id, entry } of answered) {
    const parsed = schema.safeParse(entry);
    if (!parsed.success) {
      const fields = parsed.error.issues.slice(0, 3).map(({ path }) => path.join(".") || "the whole");
      const { key, words } = notice(id);
      const reason = `${words} has a shape that is not known here (${fields.join(", ")}); it is left out.`;
      failures.push({ key, reason });
      continue;
    }
    const before = known.get(id);
    if (before === undefined || hashJson(before.raw) !== hashJson(parsed.data))
      written.set(id, row(parsed.data, before));
  }
  const met = new Set(answered.map(({ id }) => id));
  const gone = stored.filter(({ id }) => !met.has(id));
  return { written, deleted: new Set(gone.map(({ id }) => id)), gone, failures };
}
