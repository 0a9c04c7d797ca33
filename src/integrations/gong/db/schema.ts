import { boolean, index, integer, primaryKey, table, text } from "@/core/db/table";

/** One row a call that is served. */
export const gongCall = table(
  "gongCall",
  {
    account: text().notNull(),
    /** Gong's id, up to 20 digits, as text. */
    callId: text().notNull(),
    title: text().notNull(),
    url: text(),
    /** ISO-8601 UTC; the beginning of the call, or when it was planned. */
    started: text(),
    durationSeconds: integer(),
    /** Inbound, Outbound, Conference or Unknown. */
    direction: text(),
    /** Internal, External or Unknown: whether people of other companies took part. */
    scope: text(),
    /** What it was held with, e.g. Zoom. */
    system: text(),
    language: text(),
    purpose: text(),
    outcome: text(),
    workspaceId: text(),
    /** `gongUser.userId` of the host. */
    hostUserId: text(),
    isPrivate: boolean().notNull(),
    brief: text(),
    /** Words of the transcript; 0 when there is none. */
    words: integer().notNull(),
    detailsHash: text().notNull(),
    /** Null when there is no transcript (yet). */
    transcriptHash: text(),
  },
  (t) => [primaryKey({ columns: [t.account, t.callId] }), index("gongCall_started").on(t.started)],
);

/** One row a participant of a call, invited or present. */
export const gongParty = table(
  "gongParty",
  {
    account: text().notNull(),
    callId: text().notNull(),
    /** Place in Gong's list, from 0. */
    position: integer().notNull(),
    name: text(),
    email: text(),
    jobTitle: text(),
    /** Internal, External or Unknown. */
    affiliation: text(),
    userId: text(),
    attended: boolean().notNull(),
    wordsSpoken: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.account, t.callId, t.position] }), index("gongParty_email").on(t.email)],
);

/** One row a topic or tracker that came up in a call. */
export const gongTopic = table(
  "gongTopic",
  {
    account: text().notNull(),
    callId: text().notNull(),
    /** `topic` or `tracker`. */
    kind: text().notNull(),
    name: text().notNull(),
    /** How often a tracker's words were said. */
    mentions: integer(),
    /** How long a topic was spoken about. */
    seconds: integer(),
  },
  (t) => [primaryKey({ columns: [t.account, t.callId, t.kind, t.name] }), index("gongTopic_name").on(t.name)],
);

/** One row a person of the company's own with a seat in Gong. */
export const gongUser = table(
  "gongUser",
  {
    account: text().notNull(),
    userId: text().notNull(),
    name: text().notNull(),
    email: text(),
    jobTitle: text(),
    active: boolean().notNull(),
    managerId: text(),
  },
  (t) => [primaryKey({ columns: [t.account, t.userId] })],
);

export const gongWorkspace = table(
  "gongWorkspace",
  { account: text().notNull(), workspaceId: text().notNull(), name: text().notNull() },
  (t) => [primaryKey({ columns: [t.account, t.workspaceId] })],
);
