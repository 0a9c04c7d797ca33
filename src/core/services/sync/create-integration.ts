import type { z } from "zod";
import { eq, getTableName } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { storageErrorOf } from "@/core/db/storage-error";
import type { Db } from "@/core/models/database";
import { AuthError, CancelledError, RateLimitedError } from "@/core/models/errors";
import type { Integration, SyncContext } from "@/core/models/integration";
import type { IntegrationConfig } from "@/core/models/integration-config";
import { storedOptions } from "@/core/services/credentials/options";
import { distil } from "./distil";
import { purgeCore } from "./purge";
import { runStream } from "./run-stream";
import { setStage } from "./stage";
import type { Stream } from "./stream";

/** A table of an integration's own: every row says whose account it is of. */
export type OwnTable = PgTable & { account: PgColumn };

type Streams = readonly Stream<unknown>[];

export interface IntegrationDefinition<Options> extends Pick<
  Integration,
  | "connect"
  | "choices"
  | "oauth"
  | "handleRedirect"
  | "refreshAccessTokens"
  | "watch"
  | "keepsChangesForDays"
  | "webhook"
> {
  config: IntegrationConfig;
  /** What the settings beside the key take; streams are handed what it makes of them. */
  options?: z.ZodType<Options>;
  /**
   * The streams of one account, in the order they are read. What only syncs need is best loaded here, with `import()`:
   * no start waits for it then. Where each calendar, say, has a stream of its own, `db` tells which were read before.
   * None where nothing is due, as for a source whose reading is paid for: own rows say so.
   */
  streams: (context: SyncContext, options: Options, db: Db) => Streams | Promise<Streams>;
  /** Tables that this integration owns: opened to SQL, and emptied by `deleteSync`. */
  tables?: readonly OwnTable[];
}

/** Errors of one stream after which the others need not be tried: they would meet the same. */
function concernsAll(error: unknown): boolean {
  const kinds = [AuthError, RateLimitedError, CancelledError];
  return kinds.some((kind) => error instanceof kind) || storageErrorOf(error) !== undefined;
}

function optionsOf<Options>(
  { config, options }: IntegrationDefinition<Options>,
  { credential }: SyncContext,
): Options {
  // Without a schema nothing is known of the type, and streams have nothing to read from it.
  if (options === undefined) return undefined as Options;
  return storedOptions(config, options, credential.options);
}

/**
 * Makes a complete `Integration` of what only the source knows: its streams. Syncs run them one after the other,
 * page by page; insights and index follow each page. A stream that fails does not keep the others from being read;
 * its task row names it, and the sync ends with its error.
 */
export function createIntegration<Options>(definition: IntegrationDefinition<Options>): Integration {
  const { config, options, streams, connect, oauth, handleRedirect, refreshAccessTokens, watch } = definition;
  const { choices, keepsChangesForDays, webhook } = definition;
  const tables = definition.tables ?? [];
  const syncPipeline = async (db: Db, context: SyncContext) => {
    // What an interrupted sync left waiting comes first: it is searchable before anything new is read.
    await distil(db, context);
    const failed: unknown[] = [];
    for (const stream of await streams(context, optionsOf(definition, context), db)) {
      try {
        await runStream(db, context, stream);
      } catch (error) {
        if (context.signal.aborted || concernsAll(error)) throw error;
        failed.push(error);
      }
    }
    await setStage(db, context.runId, "indexing");
    await distil(db, context);
    if (failed.length > 0) throw failed[0];
  };
  return {
    config,
    sync: syncPipeline,
    syncUpdates: syncPipeline,
    deleteSync: async (db, context) => {
      await purgeCore(db, context.integration, context.account, context.signal);
      for (const table of tables) await db.delete(table).where(eq(table.account, context.account));
    },
    tableNames: tables.map((table) => getTableName(table)),
    ...(options === undefined ? {} : { options }),
    ...(connect === undefined ? {} : { connect }),
    ...(choices === undefined ? {} : { choices }),
    ...(oauth === undefined ? {} : { oauth }),
    ...(watch === undefined ? {} : { watch }),
    ...(webhook === undefined ? {} : { webhook }),
    ...(keepsChangesForDays === undefined ? {} : { keepsChangesForDays }),
    ...(handleRedirect === undefined ? {} : { handleRedirect }),
    ...(refreshAccessTokens === undefined ? {} : { refreshAccessTokens }),
  };
}
