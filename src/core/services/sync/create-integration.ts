import { eq, getTableName } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Db } from "@/core/models/database";
import type { ConnectResult, Integration, SyncContext } from "@/core/models/integration";
import type { CredentialInput } from "@/core/models/credential";
import type { IntegrationConfig } from "@/core/models/integration-config";
import { distil } from "./distil";
import { purgeCore } from "./purge";
import { runStream } from "./run-stream";
import { setStage } from "./stage";
import type { Stream } from "./stream";

/** A table of an integration's own: every row says whose account it is of. */
export type OwnTable = PgTable & { account: PgColumn };

export interface IntegrationDefinition extends Pick<
  Integration,
  "handleRedirect" | "refreshAccessTokens" | "watch"
> {
  config: IntegrationConfig;
  /** The streams of one account, in the order they are read. */
  streams: (context: SyncContext) => readonly Stream<unknown>[];
  connect?: (input: CredentialInput, signal: AbortSignal) => Promise<ConnectResult>;
  /** Tables that this integration owns: opened to SQL, and emptied by `deleteSync`. */
  tables?: readonly OwnTable[];
}

/**
 * Makes a complete `Integration` of what only the source knows: its streams. Syncs run them one after the other,
 * page by page; insights and index follow each page.
 */
export function createIntegration(definition: IntegrationDefinition): Integration {
  const { config, streams, connect, handleRedirect, refreshAccessTokens, watch } = definition;
  const tables = definition.tables ?? [];
  const syncPipeline = async (db: Db, context: SyncContext) => {
    // What an interrupted sync left waiting comes first: it is searchable before anything new is read.
    await distil(db, context);
    for (const stream of streams(context)) await runStream(db, context, stream);
    await setStage(db, context.runId, "indexing");
    await distil(db, context);
  };
  return {
    config,
    sync: syncPipeline,
    syncUpdates: syncPipeline,
    deleteSync: async (db, context) => {
      await purgeCore(db, context.integration, context.account);
      for (const table of tables) await db.delete(table).where(eq(table.account, context.account));
    },
    tableNames: tables.map((table) => getTableName(table)),
    ...(connect === undefined ? {} : { connect }),
    ...(watch === undefined ? {} : { watch }),
    ...(handleRedirect === undefined ? {} : { handleRedirect }),
    ...(refreshAccessTokens === undefined ? {} : { refreshAccessTokens }),
  };
}
