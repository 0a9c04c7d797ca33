/** Canned sources, runs and tasks for the page's tests: typed like the real ones, with long words and bad luck in them. */
import type { Source } from "@/core/models/api";
import type { SyncRun, SyncTask } from "@/core/models/sync";

export const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

export function run(over: Partial<SyncRun> = {}): SyncRun {
  return {
    id: "run-1",
    integration: "Files",
    account: "/home/ann/handbook",
    mode: "incremental",
    trigger: "manual",
    state: "succeeded",
    stage: null,
    expected: 412,
    resumes: 0,
    parkedUntil: null,
    createdAt: minutesAgo(12),
    startedAt: minutesAgo(12),
    finishedAt: minutesAgo(11),
    error: null,
    cause: null,
    seen: 412,
    inserted: 12,
    updated: 3,
    unchanged: 395,
    deleted: 1,
    skipped: 2,
    failed: 0,
    ...over,
  };
}

export const runningRun = run({
  id: "run-2",
  integration: "GitHub",
  account: "stone/quarry",
  state: "running",
  stage: "index-vector",
  expected: 2000,
  seen: 860,
  inserted: 800,
  updated: 0,
  unchanged: 60,
  deleted: 0,
  skipped: 0,
  startedAt: minutesAgo(2),
  createdAt: minutesAgo(2),
  finishedAt: null,
});

export const failedRun = run({
  id: "run-3",
  integration: "Linear",
  account: "Quarry team",
  mode: "full",
  trigger: "schedule",
  state: "failed",
  seen: 40,
  inserted: 0,
  updated: 0,
  unchanged: 40,
  deleted: 0,
  failed: 1,
  createdAt: minutesAgo(180),
  startedAt: minutesAgo(180),
  finishedAt: minutesAgo(179),
  error: "Linear no longer accepts the key. Make a new one in Linear's settings and connect again.",
});

export const runs: SyncRun[] = [
  runningRun,
  run(),
  failedRun,
  run({ id: "run-4", state: "cancelled", trigger: "mcp", createdAt: minutesAgo(400), seen: 9, inserted: 9 }),
];

const base: Omit<Source, "integration" | "icon"> = {
  integrationType: "API_KEY",
  inputs: [],
  optionInputs: [],
  oauth: null,
  status: "not_connected",
  accounts: [],
  artifacts: 0,
  waiting: 0,
  runs: [],
  lastSyncedAt: null,
  formerAccounts: [],
};

function account(id: string, label: string, over: Partial<Source["accounts"][number]> = {}) {
  return {
    id,
    account: label,
    status: "connected" as const,
    statusReason: null,
    baseUrl: null,
    options: {},
    artifacts: 602,
    createdAt: minutesAgo(9000),
    updatedAt: minutesAgo(9000),
    ...over,
  };
}

const files: Source = {
  ...base,
  integration: "Files",
  icon: "/assets/files.svg",
  description: "Reads a folder of this machine: **notes**, documents, mail. Nothing leaves the machine.",
  optionInputs: [
    {
      key: "path",
      label: "Folder",
      placeholder: "~/notes",
      help: "A folder on this machine.",
      required: true,
    },
    { key: "include", label: "Only these", help: "Patterns, separated by commas." },
    { key: "exclude", label: "Leave out", help: "Patterns, separated by commas." },
    { key: "watch", label: "Sync when something changes", help: "yes or no" },
  ],
};

/** Sources before anything is connected. */
export const newSources: Source[] = [
  files,
  {
    ...base,
    integration: "Linear",
    icon: "/assets/linear.svg",
    description: "Issues, projects and their discussions. Needs a key that may read.",
    docs: "https://linear.app/developers",
    inputs: [
      { input: "apiKey", label: "API key", secret: true, required: true, help: "Settings, Security." },
    ],
  },
];

export const sources: Source[] = [
  {
    ...files,
    status: "connected",
    accounts: [account("a1", "/home/ann/handbook"), account("a2", "/srv/共有/設計資料")],
    formerAccounts: [{ account: "/home/ann/handbook-of-last-year", artifacts: 1031 }],
    artifacts: 1204,
    waiting: 12,
    runs: [run()],
    lastSyncedAt: minutesAgo(11),
  },
  {
    ...base,
    integration: "GitHub",
    icon: "/assets/github.svg",
    inputs: [{ input: "apiKey", label: "Personal access token", secret: true, required: true }],
    status: "syncing",
    accounts: [account("a3", "stone/quarry")],
    artifacts: 800,
    runs: [runningRun],
    lastSyncedAt: minutesAgo(1500),
  },
  {
    ...base,
    ...newSources[1],
    integration: "Linear",
    icon: "/assets/linear.svg",
    status: "needs_reconnect",
    accounts: [
      account("a4", "Quarry team", { status: "needs_reconnect", statusReason: "The key was revoked." }),
    ],
    artifacts: 96,
    runs: [failedRun],
    lastSyncedAt: minutesAgo(60 * 24 * 9),
  },
  {
    ...base,
    integration: "Slack",
    icon: "/assets/slack.svg",
    description: "Channels and threads the bot is invited to. Private ones stay private.",
    inputs: [{ input: "accessKey", label: "Bot token", secret: true, required: true }],
  },
];

export const failedTask: SyncTask = {
  id: "t1",
  runId: "run-3",
  integration: "Files",
  account: "/home/ann/handbook",
  step: "sync-files",
  status: "FAILED",
  inputs: { path: "contracts/2024/averyveryverylongfilenamewithoutanyspaceinitthathastobreaksomewhere.pdf" },
  counts: {},
  error: "The PDF is protected by a password. Save it without one and sync again.",
  retries: 2,
  createdAt: minutesAgo(12),
  updateDate: minutesAgo(12),
};
