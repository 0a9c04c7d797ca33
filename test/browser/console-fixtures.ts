/** Canned answers of the page's own endpoints: overview, installation, tokens, audit log, tasks of a run. */
import type { AccessToken, AuditEvent } from "@/core/models/access";
import type { ArtifactSummary, Passage, RunStep } from "@/core/models/api";
import type { JobState } from "@/core/models/job";
import type { Overview } from "@/core/models/overview";
import type { Schedule } from "@/core/models/schedule";
import type { SyncTask } from "@/core/models/sync";
import type { LogLine, McpCall, ProviderRequest, System } from "@/core/models/system";
import { failedTask, minutesAgo } from "./fixtures";

const day = (back: number) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);

export const overview: Overview = {
  artifacts: 2100,
  waiting: 12,
  passages: 18_422,
  kinds: [
    { kind: "document", count: 1300 },
    { kind: "conversation", count: 800 },
  ],
  days: Array.from({ length: 30 }, (_, index) => ({
    day: day(29 - index),
    inserted: (index * 37) % 60,
    updated: (index * 13) % 20,
    deleted: index % 4,
    failed: 0,
    total: 900 + index * 41,
  })),
  queue: { running: 1, queued: 0, parked: 1, interrupted: 0, insights: 40, failedItems: 3 },
  bytes: { database: 48_221_000, log: 4_100_000, diskFree: 81_000_000_000 },
  failures: [failedTask],
  entities: [
    ["Ann Mason", 212],
    ["Brightwater", 180],
    ["設計委員会", 64],
    ["ليلى حداد", 31],
    ["Averyverylongprojectnamewithoutanyspaceinitatallthathastobecut", 12],
  ].map(([entity, count]) => ({ entity: String(entity), count: Number(count), integrations: ["Files"] })),
};

export const emptyOverview: Overview = {
  ...overview,
  artifacts: 0,
  waiting: 0,
  passages: 0,
  kinds: [],
  days: overview.days.map((one) => ({ ...one, inserted: 0, updated: 0, deleted: 0, total: 0 })),
  queue: { running: 0, queued: 0, parked: 0, interrupted: 0, insights: 0, failedItems: 0 },
  failures: [],
  entities: [],
};

export const system: System = {
  version: "0.1.0",
  home: "/srv/stoneturner",
  projectRoot: "/opt/stoneturner",
  databasePath: "/srv/stoneturner/stoneturner.db",
  publicUrl: "http://127.0.0.1:9000",
  devMode: false,
  samples: "/opt/stoneturner/samples/workspace",
  insightsModel: "openai/gpt-5-nano",
  insightsProblem:
    "The model openai/gpt-5-nano refuses the key (401). Check AI_GATEWAY_API_KEY or INSIGHTS_API_KEY.",
  insightStates: [
    { state: "offline", count: 1400 },
    { state: "llm", count: 700 },
  ],
  passages: 18_422,
  embeddingModels: [
    { model: "static-256-v1", vectors: 18_422 },
    { model: "openai:embed-large#1024", vectors: 12_022 },
  ],
  vectorIndex: {
    model: "static-256-v1",
    building: { model: "openai:embed-large#1024", done: 1_370, total: 2_100 },
    waiting: 730,
    problem: "The model openai:embed-large takes no more requests for now.",
  },
  olderArtifacts: 0,
  retention: { days: 90, runs: 200 },
  schedulesEnabled: true,
  key: "file",
  backups: [{ name: "before-migration-2026-05-01.db", bytes: 41_000_000, at: minutesAgo(4000) }],
};

export const schedules: Schedule[] = [
  {
    integration: "Files",
    account: null,
    mode: "incremental",
    cron: "*/15 * * * *",
    timeZone: "Europe/Berlin",
    summary: "Every 15 minutes",
    enabled: true,
    jitterSeconds: 0,
    nextRunAt: new Date(Date.now() + 9 * 60_000).toISOString(),
    lastRunAt: minutesAgo(6),
    nextFullRunAt: null,
    pausedReason: null,
  },
];

export const preview = {
  cron: "*/15 * * * *",
  timeZone: "Europe/Berlin",
  summary: "Every 15 minutes",
  next: [15, 30, 45, 60, 75].map((minutes) => new Date(Date.now() + minutes * 60_000).toISOString()),
};

const token = (over: Partial<AccessToken>): AccessToken => ({
  id: "tok-1",
  name: "Ann’s agent",
  scope: "read",
  hint: "st_4f…c1",
  createdAt: minutesAgo(9000),
  expiresAt: new Date(Date.now() + 86_400_000 * 60).toISOString(),
  revokedAt: null,
  lastUsedAt: minutesAgo(3),
  ...over,
});
export const tokens = [
  token({}),
  token({ id: "tok-2", name: "CI", scope: "admin", revokedAt: minutesAgo(40), lastUsedAt: null }),
];

const event = (over: Partial<AuditEvent>): AuditEvent => ({
  id: 2,
  time: minutesAgo(4),
  actor: "owner",
  action: "token.create",
  target: "Ann’s agent (a1b2c3d4, read)",
  outcome: "ok",
  address: "127.0.0.1",
  requestId: "r1",
  ...over,
});
export const audit = {
  events: [
    event({}),
    event({ id: 1, actor: "guest", action: "login", target: null, outcome: "refused", address: "10.0.0.9" }),
  ],
  total: 2,
};

export const calls: McpCall[] = [
  {
    way: "http",
    tool: "semantic_search",
    outcome: "ok",
    at: minutesAgo(2),
    client: "claude-code/2.1 (external, cli)",
  },
  { way: "stdio", tool: "sync_source", outcome: "ok", at: minutesAgo(5), client: "Claude Desktop/1.4.2" },
  { way: "http", tool: "run_sql_query", outcome: "error", at: minutesAgo(8), client: null },
];

function request(minutes: number, path: string, over: Partial<ProviderRequest> = {}): ProviderRequest {
  return {
    at: minutesAgo(minutes),
    method: "GET",
    host: "api.github.com",
    path,
    status: 200,
    waitedMs: 40,
    ms: 312,
    bytes: 48_200,
    attempt: 1,
    error: null,
    ...over,
  };
}

/** As many as the server keeps at most, with what goes wrong among them. */
export const providerRequests = {
  requests: Array.from({ length: 200 }, (_, place) => {
    const at = place / 10;
    if (place === 1) {
      return request(at, "/graphql", {
        method: "POST",
        attempt: 2,
        waitedMs: 61_000,
        ms: 1_840,
        bytes: 912_000,
      });
    }
    if (place === 2) {
      const limited = { status: 403, error: "rate_limited", bytes: 210 };
      return request(at, "/graphql", { method: "POST", ...limited });
    }
    if (place === 9)
      return request(at, "/repos/:id/:id/wiki", { status: null, error: "transient", bytes: 0 });
    return request(at, "/repos/:id/:id/issues?state&per_page&after");
  }),
  totals: { requests: 1_842, failures: 2, bytes: 61_000_000 },
};

export const noRequests = { requests: [], totals: { requests: 0, failures: 0, bytes: 0 } };

export const jobs: JobState[] = [
  {
    name: "clear-history",
    does: "Clears away old syncs with their tasks and logs. Artifacts stay.",
    summary: "At 04:10 (Europe/Berlin)",
    nextRunAt: minutesAgo(-600),
    last: { at: minutesAgo(840), ms: 212, error: null },
    running: false,
  },
  {
    name: "retry-failed",
    does: "Tries again what failed, of every source.",
    summary: "At 03:00 (Europe/Berlin)",
    nextRunAt: minutesAgo(-530),
    last: { at: minutesAgo(910), ms: 4, error: "The database is busy. Try again in a moment." },
    running: false,
  },
];

export const logLines: LogLine[] = [
  { time: minutesAgo(11), level: "info", message: "Sync succeeded.", runId: "run-3", integration: "Files" },
  {
    time: minutesAgo(12),
    level: "warn",
    message: "A file could not be read.",
    runId: "run-3",
    path: "contracts/2024/averyveryverylongfilenamewithoutanyspace.pdf",
  },
];

export const steps: RunStep[] = [
  { step: "sync-data", from: minutesAgo(180), to: minutesAgo(179.4), tasks: 41, failed: 1, pending: 0 },
  { step: "parse", from: minutesAgo(179.5), to: minutesAgo(179.2), tasks: 4, failed: 0, pending: 0 },
  { step: "index-vector", from: minutesAgo(179.3), to: minutesAgo(179), tasks: 4, failed: 0, pending: 1 },
];

export const taskCount = 10_000;

/** One page of a run with ten thousand tasks. */
export function tasksPage(offset: number, limit: number): SyncTask[] {
  return Array.from({ length: Math.max(0, Math.min(limit, taskCount - offset)) }, (_, index) => {
    const { error, ...task } = failedTask;
    const number = offset + index;
    const failed = number % 97 === 3;
    return {
      ...task,
      id: `task-${number}`,
      status: failed ? "FAILED" : "SUCCESS",
      inputs: { page: number },
      counts: { inserted: number % 7 },
      error: failed ? error : null,
    };
  });
}

export const artifactCount = 100_000;

/** One page of a hundred thousand artifacts, the source's name in each title. */
export function artifactsPage(offset: number, limit: number): ArtifactSummary[] {
  return Array.from({ length: Math.max(0, Math.min(limit, artifactCount - offset)) }, (_, index) => {
    const number = offset + index;
    return {
      id: `art-${number}`,
      integrationArtifactId: `handbook/page-${number}.md`,
      integration: number % 3 === 0 ? "Slack" : "Files",
      account: "handbook",
      kind: number % 3 === 0 ? ("conversation" as const) : ("document" as const),
      title: number % 11 === 5 ? `料金プラン ${number}` : `Handbook page ${number}`,
      url: null,
      author: number % 2 === 0 ? "Ann Mason" : null,
      artifactDate: minutesAgo(number * 7),
      updateDate: minutesAgo(number),
      insightState: "offline" as const,
    };
  });
}

export const passages: Passage[] = [
  {
    ordinal: 0,
    startLine: 1,
    endLine: 4,
    heading: "Pricing decision",
    text: "We keep the per-seat price.",
    models: ["hash-256"],
  },
  { ordinal: 1, startLine: 5, endLine: 9, heading: "Who decided", text: "Ann Mason\nBo Quarry", models: [] },
];

export const related = artifactsPage(1, 2).map((artifact) => ({ ...artifact, shared: ["Ann Mason"] }));

export const findings = {
  ok: false,
  findings: [
    { check: "disk", message: "81 GB are free on the disk of the data folder." },
    {
      check: "database",
      message: "The database can be read by others.",
      fix: "Run: chmod 600 stoneturner.db",
    },
  ],
};

export const tools = {
  jsonrpc: "2.0",
  id: 1,
  result: {
    tools: [
      {
        name: "semantic_search",
        title: "Search the company's artifacts",
        description: "Finds the artifacts that best answer a question.",
        inputSchema: { type: "object", properties: { query: {}, limit: {} } },
      },
      { name: "sync_source", description: "Starts a sync.", inputSchema: { type: "object", properties: {} } },
    ],
  },
};
