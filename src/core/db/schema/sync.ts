import { sql } from "drizzle-orm";
import type { JsonValue } from "@/core/models/artifact";
import type { ItemState, RunCause, RunState, SyncMode, SyncTrigger, TaskStatus } from "@/core/models/sync";
import { boolean, index, integer, json, primaryKey, table, text, uniqueIndex } from "@/core/db/table";

/** One row a sync of one account of one integration. */
export const syncRun = table(
  "syncRun",
  {
    id: text().primaryKey(),
    integration: text().notNull(),
    account: text().notNull(),
    mode: text().$type<SyncMode>().notNull(),
    trigger: text().$type<SyncTrigger>().notNull(),
    state: text().$type<RunState>().notNull(),
    /** What it is doing right now, for people: "reading files", "indexing". */
    stage: text(),
    /** Items the source says there are, where it says so. */
    expected: integer(),
    seen: integer().notNull(),
    inserted: integer().notNull(),
    updated: integer().notNull(),
    unchanged: integer().notNull(),
    deleted: integer().notNull(),
    skipped: integer().notNull(),
    failed: integer().notNull(),
    /** Times it was picked up again after an interruption. */
    resumes: integer().notNull(),
    /** host:pid:nonce of the process that holds the lease. */
    leaseOwner: text(),
    heartbeatAt: text(),
    cancelRequestedAt: text(),
    /** A person confirmed that many items were deleted on purpose. */
    confirmDeletions: boolean().notNull(),
    parkedUntil: text(),
    createdAt: text().notNull(),
    startedAt: text(),
    finishedAt: text(),
    /** Plain words, with the next action. */
    error: text(),
    /** Why it stopped, for programs, where something particular follows from it. */
    cause: json().$type<RunCause>(),
  },
  (t) => [
    index("syncRun_source").on(t.integration, t.account, t.createdAt),
    index("syncRun_state").on(t.state),
  ],
);

/** One row a step, page or failed item of a sync: what a person reads to see what happened. */
export const syncTask = table(
  "syncTask",
  {
    id: text().primaryKey(),
    runId: text(),
    integration: text().notNull(),
    account: text().notNull(),
    step: text().notNull(),
    status: text().$type<TaskStatus>().notNull(),
    inputs: json().$type<Record<string, JsonValue>>().notNull(),
    counts: json().$type<Record<string, number>>().notNull(),
    error: text(),
    retries: integer().notNull(),
    createdAt: text().notNull(),
    updateDate: text().notNull(),
  },
  (t) => [
    index("syncTask_integration").on(t.integration, t.updateDate),
    index("syncTask_run").on(t.runId),
    index("syncTask_status").on(t.status, t.updateDate),
  ],
);

/** Where a stream continues. Written in the same transaction as the data it stands for. */
export const syncCheckpoint = table(
  "syncCheckpoint",
  {
    integration: text().notNull(),
    account: text().notNull(),
    stream: text().notNull(),
    mode: text().$type<SyncMode>().notNull(),
    cursor: json().$type<JsonValue>(),
    /** The run that last wrote here. */
    runId: text().notNull(),
    /** True once that run read the stream to its end. */
    done: boolean().notNull(),
    /** How far this listing has seen in the source's time: where incremental syncs start once it has ended well. */
    watermark: json().$type<JsonValue>(),
    /** Why part of this listing could not be read, if so: then nothing is taken for deleted at its end. */
    incomplete: text(),
    updatedAt: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.integration, t.account, t.stream, t.mode] })],
);

/** What the source held when it was last read, an item a row: the old side of the set comparison. */
export const syncItem = table(
  "syncItem",
  {
    integration: text().notNull(),
    account: text().notNull(),
    stream: text().notNull(),
    itemKey: text().notNull(),
    /** The source's cheap version mark or a hash of the item, volatile fields left out. */
    version: text().notNull(),
    state: text().$type<ItemState>().notNull(),
    artifactId: text(),
    error: text(),
    attempts: integer().notNull(),
    nextAttemptAt: text(),
    /** When or in which version the source wrote what is stored, in an order of text: the newest wins. */
    stamp: text(),
    updatedAt: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.integration, t.account, t.stream, t.itemKey] }),
    index("syncItem_artifact").on(t.artifactId),
    // What becomes due is looked for every few seconds, and is little of what there is.
    index("syncItem_pending")
      .on(t.nextAttemptAt)
      .where(sql`"state" = 'pending'`),
  ],
);

/** Keys met by a complete enumeration that is under way; rows live only as long as their run needs them. */
export const syncSeen = table(
  "syncSeen",
  { runId: text().notNull(), stream: text().notNull(), itemKey: text().notNull() },
  (t) => [primaryKey({ columns: [t.runId, t.stream, t.itemKey] })],
);

/** What the log said of a run, redacted, the newest lines of each. */
export const syncLogLine = table(
  "syncLogLine",
  {
    runId: text().notNull(),
    /** Counts a run's lines from 1, also those that were dropped since. */
    ordinal: integer().notNull(),
    /** The line as it was logged: one JSON object. */
    line: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.ordinal] })],
);

/** Public part of a connected account. Secrets live encrypted in another database file. */
export const integrationCredential = table(
  "integrationCredential",
  {
    id: text().primaryKey(),
    integration: text().notNull(),
    account: text().notNull(),
    type: text().$type<"BASIC_TOKEN" | "OAUTH" | "API_KEY">().notNull(),
    status: text().$type<"connected" | "needs_reconnect" | "error">().notNull(),
    /** Why the status is not "connected", in plain words. */
    statusReason: text(),
    baseUrl: text(),
    options: json().$type<Record<string, JsonValue>>().notNull(),
    scopes: json().$type<string[]>(),
    expiresAt: text(),
    createdAt: text().notNull(),
    updatedAt: text().notNull(),
  },
  (t) => [uniqueIndex("integrationCredential_account").on(t.integration, t.account)],
);

/** Lay of the land of one source, made offline and refreshed after each sync. */
export const sourceContext = table(
  "sourceContext",
  {
    integration: text().notNull(),
    account: text().notNull(),
    context: json().$type<Record<string, JsonValue>>().notNull(),
    updatedAt: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.integration, t.account] })],
);

/** Small facts about this database: index version, installation id. */
export const setting = table("setting", {
  key: text().primaryKey(),
  value: json().$type<JsonValue>().notNull(),
});
