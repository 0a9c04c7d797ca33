/** Artifacts in a real database, indexed by the real step, and a search over them. */
import { mdArtifacts } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import type { Registry } from "@/core/services/app";
import { indexVectorDbStep } from "@/core/services/index-vector-db-step";
import { createRegistry } from "@/core/services/registry";
import { sha256 } from "@/lib/hash";

export type ArtifactRow = typeof mdArtifacts.$inferInsert;

/** A complete artifact row around an id and a text. */
export function artifactRow(id: string, markdown: string, rest: Partial<ArtifactRow> = {}): ArtifactRow {
  return {
    id,
    integrationArtifactId: id,
    integration: "notes",
    account: "default",
    kind: "document",
    title: "",
    updateDate: "2026-01-01T00:00:00.000Z",
    markdown,
    keyPoints: [],
    questionsAnswered: [],
    entities: [],
    metadata: {},
    contentHash: sha256(markdown),
    insightState: "pending",
    ...rest,
  };
}

/** Stores artifacts and indexes all of their integrations. */
export async function storeAndIndex(db: Db, rows: readonly ArtifactRow[]): Promise<void> {
  for (const row of rows) await db.insert(mdArtifacts).values(row);
  for (const integration of new Set(rows.map((row) => row.integration))) {
    await indexVectorDbStep(integration, db);
  }
}

function nothing(): Promise<void> {
  return Promise.resolve();
}

/** A registry of integrations that do nothing. */
export function registryOf(...names: string[]): Registry {
  const configs = names.map((integration) => ({
    integration,
    icon: "",
    integrationType: "API_KEY" as const,
  }));
  return createRegistry(
    configs,
    configs.map((config) => ({ config, sync: nothing, syncUpdates: nothing, deleteSync: nothing })),
  );
}
