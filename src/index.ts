/** Composition root: reads the configuration, opens the databases, wires the services, starts the server. */
import { join } from "node:path";
import { buildClient } from "@/client/build";
import { type Config, parseConfig } from "@/core/config";
import { migrate } from "@/core/db/migrate";
import { type OpenDatabase, openDatabase } from "@/core/db/open";
import { startServer, type RunningServer } from "@/core/handlers/server";
import type { Db } from "@/core/models/database";
import type { Logger } from "@/core/models/logger";
import type { Integration, IntegrationConfig } from "@/core/models/models";
import { createAccess } from "@/core/services/access/access";
import type { Access } from "@/core/services/access/types";
import type { App, CredentialStore, SyncRunner } from "@/core/services/app";
import { createCredentialStore } from "@/core/services/credentials/store";
import { Embedders } from "@/core/services/embedding/embedders";
import { localReranker, type LocalReranker } from "@/core/services/embedding/local/local-reranker";
import { embedderOpener } from "@/core/services/embedding/open-embedder";
import { VectorBuilder } from "@/core/services/embedding/vector-builder";
import { searchesFirst } from "@/core/services/index/distil-together";
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
import { IndexStatistics } from "@/core/services/search/statistics";
import { DocumentsFile } from "@/core/services/search/text/documents-file";
import { SearchThread } from "@/core/services/search/thread/search-thread";
import type { SearchWorker } from "@/core/services/search/thread/search-worker";
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
  /** The search thread's program, where it was started already; it ends with the app. */
  searchWorker?: SearchWorker;
  /** Whether an index that a newer version made is left as it is, since a server of that one may run here. */
  leavesNewer?: boolean;
}

/** Opens everything but the server. Used by the server, the command line and MCP over standard input. */
export async function openApp(options: OpenOptions = {}): Promise<App> {
  const config = options.config ?? parseConfig(process.env);
  const { log, logMemory, alsoTo } = openLog(config, options.writeLog);
  const registry = createRegistry(
    options.configs ?? configRegistry,
    options.integrations ?? supportedIntegrations,
  );
  for (const problem of registry.problems) log.warn(problem);
  const database = await openMigrated(config, log);
  const { db } = database;
  const runLog = createRunLog({ db, log });
  alsoTo(runLog);
  const mcpCalls = createAgentCalls({ db, log });
  const metrics = createMetrics({ db, config, mcpCalls });
  const parts: Parts = { config, db, log, registry, metrics };
  const access = createAccess({ db, log, verifyForeign: await foreignTokens(config, log) });
  const accounts = await openAccounts(parts, access, options.http);
  const { leavesNewer } = options;
  const runner = createSyncRunner({ db, log, registry, leavesNewer, ...accounts });
  const timed = timedWork(parts, accounts.credentials, runner);
  const sql = sandboxOf(parts);
  const upgrader = insightUpgrader(parts);
  const { builder, thread, closeModels } = openSearch(parts, options);
  let closing: Promise<void> | undefined;
  const close = async () => {
    const stopped = [timed.scheduler.stop(), runner.shutdown(), upgrader?.stop(), builder.stop()];
    await Promise.all([...stopped, thread.stop()]);
    await closeModels();
    await sql.close();
    accounts.credentials.close();
    await Promise.all([runLog.flush(), mcpCalls.flush()]);
    database.close();
  };
  return {
    ...parts,
    ...accounts,
    ...{ access, runner, sql, logMemory, runLog, mcpCalls },
    ...{ schedules: timed.schedules, jobs: timed.jobs },
    search: metrics.measureSearch(thread.search),
    startBackgroundWork: async () => {
      // First: it reads what is in memory while the rest is looked at, so that the first question need not wait.
      thread.open();
      await runner.recover();
      upgrader?.start();
      builder.start();
      timed.scheduler.start();
    },
    close: () => (closing ??= close()),
  };
}

/** What nearly everything is made of. */
type Parts = Pick<App, "config" | "db" | "log" | "registry" | "metrics">;

/** Log lines go to the page's memory, to the runs they belong to once `alsoTo` was called, and out. */
function openLog({ logLevel }: Config, writeLog: OpenOptions["writeLog"]) {
  const write = writeLog ?? ((line: string) => void process.stderr.write(`${line}\n`));
  const logMemory = createLogMemory();
  let runLog: RunLog | undefined;
  const log = createLogger({
    level: logLevel,
    write: (line) => {
      logMemory.take(line);
      runLog?.take(line);
      write(line);
    },
  });
  const alsoTo = (other: RunLog) => void (runLog = other);
  return { log, logMemory, alsoTo };
}

/** The database, with every table as this version knows it. */
async function openMigrated({ databasePath, projectRoot }: Config, log: Logger): Promise<OpenDatabase> {
  const database = openDatabase(databasePath);
  const copied =
    "The database is copied before it is brought up to date. Nothing answers until that is done.";
  const migrated = await migrate(database, join(projectRoot, "migrations"), {
    onCopy: (backup, bytes) => log.info(copied, { backup, megabytes: Math.ceil(bytes / 1e6) }),
    onWait: () =>
      log.info("Another process holds the database, perhaps to bring it up to date. Waiting for it."),
  });
  if (migrated.applied > 0) log.info("Database brought up to date.", { ...migrated });
  return database;
}

/** Accounts, their secrets, and the way to their providers. */
async function openAccounts(
  { config, db, log, metrics }: Parts,
  access: Access,
  shared: HttpShared | undefined,
): Promise<Pick<App, "services" | "credentials" | "oauth">> {
  const services = createIntegrationServices({
    ...{ db, log, config },
    ...(shared === undefined ? {} : { shared }),
    onRequest: (integration, entry) => metrics.countRequest(integration, entry),
    onPause: (integration, milliseconds) => metrics.countWait(integration, milliseconds),
  });
  const onNewKey = () => access.audit.record({ actor: "system", action: "key.create", outcome: "ok" });
  const credentials = await createCredentialStore({ db, config, log, services, onNewKey });
  const oauth = createOAuthConnections({
    ...{ config, log, services, credentials },
    onRefresh: (integration, outcome) => metrics.countRefresh(integration, outcome),
  });
  return { services, credentials, oauth };
}

/** What runs by the clock: syncs and the installation's own jobs. */
function timedWork({ config, db, log, registry }: Parts, credentials: CredentialStore, runner: SyncRunner) {
  const enabled = config.schedulesEnabled;
  const jobs = createJobRunner({ db, log, jobs: housekeepingJobs({ db, log, runner, config }), enabled });
  return {
    jobs,
    scheduler: createScheduler({ db, log, registry, runner, credentials, enabled, jobs }),
    schedules: createSchedules({ db, registry, credentials }),
  };
}

function sandboxOf({ config, registry, log }: Parts) {
  const own = registry.integrations.flatMap((entry) => entry.tableNames ?? []);
  return createSqlSandbox({
    databasePath: config.databasePath,
    tables: [...readableTables, ...own],
    log,
  });
}

/** Better insights by a language model, where one is configured. */
function insightUpgrader({ config, db, log, metrics }: Parts) {
  const extractor = extractorFor(config.insights, ({ input, output }) => {
    metrics.countTokens("input", input);
    metrics.countTokens("output", output);
  });
  if (extractor === undefined) return undefined;
  return createInsightUpgrader({
    ...{ db, log, extractor },
    onOutcome: metrics.countEnrichment,
    onUpgraded: async (integration) => void (await indexVectorDbStep(integration, db, { log })),
  });
}

/** Search, the models behind it, and what makes the vectors of a newly chosen one. */
function openSearch(parts: Parts, { searchWorker, leavesNewer = false }: OpenOptions) {
  const { config, db, log, metrics } = parts;
  const openEmbedder = embedderOpener(config.embedding, log, (tokens) =>
    metrics.countTokens("embedding", tokens),
  );
  const embedders = new Embedders(async (...which) => metrics.timeEmbedder(await openEmbedder(...which)));
  const { model, modelsFolder, hubUrl } = config.embedding;
  const reranker =
    config.rerankModel === undefined
      ? undefined
      : localReranker({ model: config.rerankModel, modelsFolder, hubUrl, log });
  return {
    builder: new VectorBuilder({ db, log, embedders, model }),
    thread: searchThread({ ...parts, embedders, reranker, started: searchWorker, leavesNewer }),
    closeModels: async () => {
      await embedders.close();
      await reranker?.close();
    },
  };
}

interface ThreadParts extends Parts {
  embedders: Embedders;
  reranker: LocalReranker | undefined;
  started: SearchWorker | undefined;
  leavesNewer: boolean;
}

/** Search in a thread for a server, and in the process itself for a command, which ends before a thread pays. */
function searchThread(parts: ThreadParts): SearchThread {
  const { config, db, log, registry, embedders, reranker, started, leavesNewer } = parts;
  const { databasePath } = config;
  // Once a process, before its first search.
  const prepare = (one: Db) => ensureIndex(one, { evenNewer: !leavesNewer });
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
  const documents = new DocumentsFile({ db, log, path: `${databasePath}-documents` });
  const statistics = new IndexStatistics(db, documents);
  return new SearchThread({
    databasePath,
    integrations: registry.integrations.map((integration) => integration.config.integration),
    log,
    embedQuery,
    reranker,
    inProcess: createSearch({ db, registry, vectors: vectors.current, reranker, statistics, prepare }),
    prepare: () => prepare(db),
    started,
    rightOfWay: searchesFirst,
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
