import { boolean, integer, json, primaryKey, table, text } from "@/core/db/table";

/** One row a recording, whether or not anything was made of it. */
export const plaudRecording = table(
  "plaudRecording",
  {
    account: text().notNull(),
    recordingId: text().notNull(),
    title: text().notNull(),
    /** ISO-8601 UTC. */
    startedAt: text(),
    seconds: integer(),
    /** Names as Plaud tells speakers apart. */
    speakers: json().$type<string[]>().notNull(),
    words: integer().notNull(),
    /** Whether it was transcribed or has notes. */
    hasText: boolean().notNull(),
    /** Hashes of what the list and the recording itself said when it was read last. */
    listed: text().notNull(),
    detail: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.account, t.recordingId] })],
);
