/**
 * The program's services as one object, made once in the composition root and handed to handlers, MCP tools and the
 * command line. Types only: what each service promises, so that every room can be built and tested against it.
 */
import type { Config } from "@/core/config";
import type { Credential, CredentialInput, PublicCredential } from "@/core/models/credential";
import type { Db } from "@/core/models/database";
import type { Integration } from "@/core/models/integration";
import type { IntegrationConfig } from "@/core/models/integration-config";
import type { Logger } from "@/core/models/logger";
import type { SearchInput, SearchResponse } from "@/core/models/search";
import type { SyncMode, SyncRun, SyncTrigger } from "@/core/models/sync";
import type { Grant } from "./credentials/grant";
import type { ServicesFactory } from "./integration-services";
import type { OAuthConnections } from "./oauth/types";
import type { Metrics } from "./metrics/metrics";
import type { JobRunner } from "./schedule/job-runner";
import type { Schedules } from "./schedule/schedules";
import type { LogMemory } from "./system/log-memory";
import type { AgentCalls } from "./system/agent-calls";
import type { RunLog } from "./system/run-log";
import type { Access } from "@/core/services/access/types";

export interface App {
  config: Config;
  db: Db;
  log: Logger;
  registry: Registry;
  credentials: CredentialStore;
  services: ServicesFactory;
  oauth: OAuthConnections;
  access: Access;
  runner: SyncRunner;
  schedules: Schedules;
  jobs: JobRunner;
  metrics: Metrics;
  search: Search;
  sql: SqlSandbox;
  /** The newest log lines and tool calls, for the page. */
  logMemory: LogMemory;
  runLog: RunLog;
  mcpCalls: AgentCalls;
  /** What a server does beside answering: picks up what was left, watches, improves insights. A command does not. */
  startBackgroundWork: () => Promise<void>;
  /** Stops everything in order: runs save their checkpoints first. Safe to call twice. */
  close: () => Promise<void>;
}

/** The integrations this program knows, looked up by name without regard to case. */
export interface Registry {
  integrations: readonly Integration[];
  configs: readonly IntegrationConfig[];
  /** @throws NotFoundError with near matches. */
  find: (name: string) => Integration;
  /** One plain line for each integration that is in only one of the two registries. */
  problems: readonly string[];
}

/** Connected accounts. Public parts in the main database, secrets encrypted in their own. */
export interface CredentialStore {
  /**
   * A credential as it would be stored: cleaned, and with the secrets that it asks to keep.
   * @throws InputError when there is no such account, or a secret would go to another address than it does now.
   */
  complete: (integration: string, input: CredentialInput) => Promise<CredentialInput>;
  /** Stores or replaces one account's credential, after the integration's own connect check. */
  save: (integration: Integration, input: CredentialInput, signal?: AbortSignal) => Promise<PublicCredential>;
  /** Stores or replaces one account's credential with what its provider granted. */
  saveGrant: (integration: Integration, grant: Grant) => Promise<PublicCredential>;
  /** Public parts of all accounts of an integration (or of all integrations, keyed by name in the rows). */
  list: (integration?: string) => Promise<(PublicCredential & { integration: string })[]>;
  /** One account with its secrets, or undefined. */
  read: (integration: string, account: string) => Promise<Credential | undefined>;
  setStatus: (
    integration: string,
    account: string,
    status: PublicCredential["status"],
    reason: string | null,
  ) => Promise<void>;
  /** Writes down when an account's token ends, for people to see. */
  noteExpiry: (integration: string, account: string, expiresAt: string | null) => Promise<void>;
  /**
   * Gives what an account is connected with to a new account; the old one keeps its label and waits to be connected.
   * @throws NotFoundError without such an account, ConflictError when the new label is taken.
   */
  move: (integration: string, from: string, to: string) => Promise<void>;
  /** Forgets accounts and their secrets: one, or all of the integration's. */
  remove: (integration: string, account?: string) => Promise<void>;
  close: () => void;
}

export interface StartSync {
  integration: string;
  /** Default: every connected account; an integration with none runs once as account "default". */
  account?: string | undefined;
  mode: SyncMode;
  trigger: SyncTrigger;
  /** Makes an incremental sync a full one, and says why in its rows. */
  fullBecause?: string | undefined;
  /** Lets a sync remove what the mass-deletion guard would hold. */
  confirmDeletions?: boolean | undefined;
}

export interface StartedRun {
  runId: string;
  account: string;
  /** True when a sync of this account was under way already and this is its id. */
  alreadyRunning: boolean;
}

export interface SyncRunner {
  /**
   * Starts syncs and answers at once, one run an account; after some seconds at most where one was told to stop and has
   * not yet. What goes wrong afterwards ends in rows, never as a
   * rejection.
   * @throws NotFoundError for an unknown integration or account.
   */
  start: (request: StartSync) => Promise<StartedRun[]>;
  /** Resolves with the final row once a run has ended, wherever it runs. */
  wait: (runId: string, signal?: AbortSignal) => Promise<SyncRun>;
  /** Asks a run to stop at its next page. False when it had ended already. */
  cancel: (runId: string) => Promise<boolean>;
  /**
   * Asks a run to stand still at its next page until a person resumes it; nothing else starts its account meanwhile.
   * False when it had ended already.
   */
  pause: (runId: string) => Promise<boolean>;
  /**
   * Goes on with a run that is paused, parked or interrupted, where it stands.
   * @throws NotFoundError for an unknown run, ConflictError for one that has ended or is under way.
   */
  resume: (runId: string) => Promise<StartedRun>;
  /** Purges everything of an integration (or one account): runs are cancelled first. Credentials stay. */
  purge: (integration: string, account?: string) => Promise<void>;
  /** Starts the failed tasks' sources again, and returns the runs. Every failed item is then tried once. */
  retryFailed: (filter: {
    integration?: string | undefined;
    taskIds?: readonly string[] | undefined;
  }) => Promise<StartedRun[]>;
  /** Picks up what a dead process left behind: interrupted runs, artifacts that wait for insights or indexing. */
  recover: () => Promise<void>;
  /**
   * Gives insights and index to what an earlier process left waiting. Once a process; never rejects, since what went
   * wrong is in the log and waits for the next one.
   */
  catchUp: () => Promise<void>;
  /** The same, and indexes anew what an earlier version of the program indexed, which may be everything. */
  renewIndex: () => Promise<void>;
  /** Somebody says that something changed: an incremental sync is started, and another one after one under way. */
  announce: (integration: string, account: string) => void;
  /** Stops watching an account, or all of an integration, for changes; its next sync watches it again. */
  unwatch: (integration: string, account?: string) => void;
  /** Stops taking pages, saves checkpoints, marks runs interrupted. */
  shutdown: () => Promise<void>;
}

export interface Search {
  /** @throws InputError with near matches for an unusable filter; never silently widens it. */
  (input: SearchInput, signal?: AbortSignal): Promise<SearchResponse>;
}

export interface SqlResult {
  columns: string[];
  /** Values in column order; integers beyond 2^53 as text, blobs as `{blob: base64, bytes}`. */
  rows: unknown[][];
  truncated: boolean;
  /** Says why rows are missing and how to get them. */
  note: string | undefined;
  elapsedMs: number;
}

/** Read-only SQL for agents, in a process of its own that is killed when it takes too long. */
export interface SqlSandbox {
  /** @throws InputError when the statement is refused or wrong, with a hint. */
  query: (sql: string, signal?: AbortSignal) => Promise<SqlResult>;
  /** Tables and columns that may be read. */
  schema: () => Promise<{ table: string; columns: { name: string; type: string }[] }[]>;
  close: () => Promise<void>;
}
