import { mdArtifacts } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { sha256 } from "@/lib/hash";

/** An artifact as a benchmark makes it. Its kind follows from its shape: the index step sees that by itself. */
export interface BenchArtifact {
  id: string;
  /** Its id at the source. */
  sourceId: string;
  integration: string;
  title: string;
  markdown: string;
  /** ISO-8601 UTC. */
  updateDate: string;
  artifactDate?: string;
}

const rowsATransaction = 100;

/** Writes artifacts that wait for insights and index, as a sync leaves them. */
export async function insertArtifacts(db: Db, artifacts: readonly BenchArtifact[]): Promise<void> {
  const rows = artifacts.map(({ sourceId, ...artifact }) => ({
    ...artifact,
    integrationArtifactId: sourceId,
    account: "default",
    kind: "document" as const,
    keyPoints: [],
    questionsAnswered: [],
    entities: [],
    metadata: {},
    contentHash: sha256(artifact.markdown),
    insightState: "pending" as const,
  }));
  for (let from = 0; from < rows.length; from += rowsATransaction) {
    await db.transaction(async (tx) => {
      await tx.insert(mdArtifacts).values(rows.slice(from, from + rowsATransaction));
    });
  }
}
