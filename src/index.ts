/** Composition root: reads the configuration, opens the databases, wires the services, starts the server. */
import { join } from "node:path";
import { buildClient } from "@/client/build";
import { type Config, parseConfig } from "@/core/config";
import { migrate } from "@/core/db/migrate";
import { openDatabase } from "@/core/db/open";
import { startServer, type RunningServer } from "@/core/handlers/server";
import type { Db } from "@/core/models/database";
import type { Logger } from "@/core/models/logger";
import type { Integration, IntegrationConfig } from "@/core/models/models";
import { createAccess } from "@/core/services/access/access";
import type { App, Registry } from "@/core/services/app";
import { createCredentialStore } from "@/core/services/credentials/store";
import { Embedders } from "@/core/services/embedding/embedders";
import { localReranker, type LocalReranker } from "@/core/services/embedding/local/local-reranker";
import { embedderOpener } from "@/core/services/embedding/open-embedder";
import { VectorBuilder } from "@/core/services/embedding/vector-builder";
import { ensureIndex } from "@/core/services/index/index-schema";
import { indexVectorDbStep } from "@/core/services/index-vector-db-step";
import type { HttpShared } from "@/core/services/http/types";
import { createIntegrationServices } from "@/core/services/integration-services";
import { extractorFor } from "@/core/services/insights/extractor-from-config";
import { createInsightUpgrader } from "@/core/services/insights/upgrade";
import { createLogger } from "@/core/services/logger";
import { createMetrics } from "@/core/services/metrics/metrics";
import { createOAuthConnections } from "@/core/services/oauth/connections";
import { createRegistry } from "@/core/services/registry";
import { housekeepingJobs } from "@/core/services/schedule/housekeeping";
import { createJobRunner } from "@/core/services/schedule/job-runner";
import { createScheduler } from "@/core/services/schedule/scheduler";
import { createSchedules } from "@/core/services/schedule/schedules";
import { createSearch } from "@/core/services/search/search";
import { SearchThread } from "@/core/services/search/thread/search-thread";
import { VectorsInUse } from "@/core/services/search/vectors/vectors-in-use";
import { createSqlSandbox } from "@/core/services/sql/sandbox";
import { createSyncRunner } from "@/core/services/sync/runner";
import { createAgentCalls } from "@/core/services/system/agent-calls";
import { createLogMemory } from "@/core/services/system/log-memory";
import { createRunLog, type RunLog } from "@/core/services/system/run-log";
import { configRegistry } from "@/integrations/config-registry";
import { supportedIntegrations } from "@/integrations/sync-registry";

/** Core tables that agents may read with SQL, beside each integration's own. */
const readableTables = ["mdArtifacts", "chunk", "syncRun", "syncTask", "sourceContext"];

export interface OpenOptions {
  config?: Config;
  /** Other registries than the product's own, for tests and embedding. */
  configs?: readonly IntegrationConfig[];
  integrations?: readonly Integration[];
  /** What outgoing requests share: pace, time, names. Default: made here. */
  http?: HttpShared;
  /** Where log lines go. Default: standard error, which keeps standard output free for answers and MCP. */
  writeLog?: (line: string) => void;
}

/** Opens everything but the server. Used by the server, the command line and MCP over standard input. */
export async function openApp(options: OpenOptions = {}): Promise<App> {
  const config = options.config ?? parseConfig(process.env);
  const writeLog = options.writeLog ?? ((line: string) => void process.stderr.write(`${line}\n`));
  const logMemory = createLogMemory();
  let runLog: RunLog | undefined;
  const log = createLogger({
    level: config.logLevel,
    write: (line) => {
      logMemory.take(line);
      runLog?.take(line);
      writeLog(line);
    },
  });
  const registry = createRegistry(
    options.configs ?? configRegistry,
    options.integrations ?? supportedIntegrations,
  );
  for (const problem of registry.problems) log.warn(problem);
  const database = openDatabase(config.databasePath);
  const { db } = database;
  const migrated = await migrate(database, join(config.projectRoot, "migrations"), {
    onCopy: (backup, bytes) =>
      log.info(
        "The database is copied before it is brought up to date. Nothing answers until that is done.",
        {
          ...{ backup, megabytes: Math.ceil(bytes / 1e6) },
        },
      ),
  });
  if (migrated.applied > 0) log.info("Database brought up to date.", { ...migrated });
  const keptLog = createRunLog({ db, log });
  runLog = keptLog;
  const verifyForeign = await foreignTokens(config, log);
  const access = createAccess({ db, log, verifyForeign });
  const onNewKey = () => access.audit.record({ actor: "system", action: "key.create", outcome: "ok" });
  const services = createIntegrationServices({
    db,
    log,
    config,
    ...(options.http === undefined ? {} : { shared: options.http }),
    onRequest: (integration, entry) => metrics.countRequest(integration, entry),
    onPause: (integration, milliseconds) => metrics.countWait(integration, milliseconds),
  });
  const credentials = await createCredentialStore({ db, config, log, services, onNewKey });
  const oauth = createOAuthConnections({
    ...{ config, log, services, credentials },
    onRefresh: (integration, outcome) => metrics.countRefresh(integration, outcome),
  });
  const runner = createSyncRunner({ db, log, registry, credentials, services, oauth });
  const mcpCalls = createAgentCalls({ db, log });
  const metrics = createMetrics({ db, config, mcpCalls });
  const jobs = createJobRunner({
    db,
    log,
    jobs: housekeepingJobs({ db, log, runner, config }),
    enabled: config.schedulesEnabled,
  });
  const scheduler = createScheduler({
    db,
    log,
    registry,
    runner,
    credentials,
    enabled: config.schedulesEnabled,
    jobs,
  });
  const sql = createSqlSandbox({
    databasePath: config.databasePath,
    tables: [...readableTables, ...registry.integrations.flatMap((entry) => entry.tableNames ?? [])],
    log,
  });
  const extractor = extractorFor(config.insights, ({ input, output }) => {
    metrics.countTokens("input", input);
    metrics.countTokens("output", output);
  });
  const upgrader =
    extractor === undefined
      ? undefined
      : createInsightUpgrader({
          db,
          log,
          extractor,
          onOutcome: metrics.countEnrichment,
          onUpgraded: async (integration) => void (await indexVectorDbStep(integration, db, { log })),
        });
  const openEmbedder = embedderOpener(config.embedding, log, (tokens) =>
    metrics.countTokens("embedding", tokens),
  );
  const embedders = new Embedders(async (...which) => metrics.timeEmbedder(await openEmbedder(...which)));
  const builder = new VectorBuilder({ db, log, embedders, model: config.embedding.model });
  const { modelsFolder, hubUrl } = config.embedding;
  const reranker =
    config.rerankModel === undefined
      ? undefined
      : localReranker({ model: config.rerankModel, modelsFolder, hubUrl, log });
  const thread = searchThread({ config, db, log, registry, embedders, reranker });
  let closing: Promise<void> | undefined;
  const close = async () => {
    await Promise.all([scheduler.stop(), runner.shutdown(), upgrader?.stop(), builder.stop(), thread.stop()]);
    await embedders.close();
    await reranker?.close();
    await sql.close();
    credentials.close();
    await Promise.all([keptLog.flush(), mcpCalls.flush()]);
    database.close();
  };
  return {
    config,
    db,
    log,
    registry,
    credentials,
    services,
    oauth,
    access,
    runner,
    schedules: createSchedules({ db, registry, credentials }),
    jobs,
    metrics,
    search: metrics.measureSearch(thread.search),
    sql,
    logMemory,
    runLog: keptLog,
    mcpCalls,
    startBackgroundWork: async () => {
      await runner.recover();
      upgrader?.start();
      builder.start();
      thread.open();
      scheduler.start();
    },
    close: () => (closing ??= close()),
  };
}

interface ThreadParts {
  config: Config;
  db: Db;
  log: Logger;
  registry: Registry;
  embedders: Embedders;
  reranker: LocalReranker | undefined;
}

/** Search in a thread for a server, and in the process itself for a command, which ends before a thread pays. */
function searchThread({ config, db, log, registry, embedders, reranker }: ThreadParts): SearchThread {
  const { databasePath } = config;
  const embedQuery = (model: string, text: string) => embedders.embedQuery(model, text);
  const vectors = new VectorsInUse({
    db,
    log,
    path: `${databasePath}-vectors`,
    embedderOf: ({ model, dimension }) => ({
      id: model,
      dimension,
      embed: (texts) => Promise.all(texts.map((text) => embedQuery(model, text))),
    }),
  });
  return new SearchThread({
    databasePath,
    integrations: registry.integrations.map((integration) => integration.config.integration),
    log,
    embedQuery,
    reranker,
    inProcess: createSearch({ db, registry, vectors: vectors.current, reranker }),
    prepare: () => ensureIndex(db),
  });
}

/** The check of an issuer's tokens, loaded only where an issuer is configured. */
async function foreignTokens({ oauth }: Config, log: Logger) {
  if (oauth === undefined) return undefined;
  const { createForeignTokens } = await import("@/core/services/access/foreign-tokens");
  return createForeignTokens(oauth, log);
}

/** Starts the server on an open app, and picks up what an earlier process left behind. */
export async function serveApp(app: App): Promise<RunningServer> {
  const server = await startServer(app, buildClient);
  await app.startBackgroundWork();
  return server;
}
