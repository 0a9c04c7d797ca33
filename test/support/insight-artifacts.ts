/** Rows of `mdArtifacts` for tests of insights, and a log that remembers. */
import { mdArtifacts } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import type { LogFields, Logger } from "@/core/models/logger";

type Row = typeof mdArtifacts.$inferInsert;

/** Inserts one artifact that waits for insights; every field can be set. */
export async function insertArtifact(db: Db, fields: Partial<Row> & { id: string }): Promise<void> {
  await db.insert(mdArtifacts).values({
    integrationArtifactId: fields.id,
    integration: "Files",
    account: "default",
    kind: "document",
    title: "Refund policy",
    updateDate: "2026-01-01T00:00:00.000Z",
    markdown: "We decided to refund every order within 30 days. Anna Berg owns the refund process.",
    keyPoints: [],
    questionsAnswered: [],
    entities: [],
    metadata: {},
    contentHash: `hash-${fields.id}`,
    insightState: "pending",
    insightHash: null,
    indexedHash: null,
    ...fields,
  });
}

export interface MemoryLog extends Logger {
  readonly events: { level: string; message: string; fields: LogFields | undefined }[];
}

/** A logger that keeps its events for the test to look at. */
export function memoryLog(): MemoryLog {
  const events: MemoryLog["events"] = [];
  const at = (level: string) => (message: string, fields?: LogFields) =>
    void events.push({ level, message, fields });
  const log: MemoryLog = {
    events,
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    child: () => log,
  };
  return log;
}
