/** Canned answers for the page's tests: typed like the real ones, with long words, other scripts and bad luck in them. */
import type { Artifact, Source } from "@/core/models/api";
import type { SearchHit, SearchResponse } from "@/core/models/search";
import type { SyncRun, SyncTask } from "@/core/models/sync";

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

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
  status: "not_connected",
  accounts: [],
  artifacts: 0,
  waiting: 0,
  runs: [],
  lastSyncedAt: null,
};

function account(id: string, label: string, over: Partial<Source["accounts"][number]> = {}) {
  return {
    id,
    account: label,
    status: "connected" as const,
    statusReason: null,
    baseUrl: null,
    options: {},
    createdAt: minutesAgo(9000),
    updatedAt: minutesAgo(9000),
    ...over,
  };
}

const files: Source = {
  ...base,
  integration: "Files",
  icon: "/assets/stoneturner.svg",
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
    icon: "/assets/stoneturner.svg",
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
    artifacts: 1204,
    waiting: 12,
    runs: [run()],
    lastSyncedAt: minutesAgo(11),
  },
  {
    ...base,
    integration: "GitHub",
    icon: "/assets/stoneturner.svg",
    status: "syncing",
    accounts: [account("a3", "stone/quarry")],
    artifacts: 800,
    runs: [runningRun],
    lastSyncedAt: minutesAgo(1500),
  },
  {
    ...newSources[1],
    ...base,
    integration: "Linear",
    icon: "/assets/stoneturner.svg",
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
    icon: "/assets/stoneturner.svg",
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

function hit(over: Partial<SearchHit>): SearchHit {
  return {
    id: "art-1",
    integrationArtifactId: "handbook/pricing.md",
    integration: "Files",
    account: "/home/ann/handbook",
    kind: "document",
    title: "Pricing decision, spring 2026",
    url: null,
    author: "Ann Mason",
    artifactDate: "2026-04-14T09:30:00.000Z",
    score: 0.912,
    snippet: "We decided to keep the per-seat price and drop the set-up fee for teams below ten people.",
    highlights: [
      { start: 3, end: 10 },
      { start: 27, end: 41 },
    ],
    lines: { start: 12, end: 18 },
    why: [
      { leg: "words", rank: 1, raw: 11.42, normalised: 1, weight: 0.5, contribution: 0.5 },
      { leg: "meaning", rank: 2, raw: 0.824, normalised: 0.824, weight: 0.5, contribution: 0.412 },
    ],
    ...over,
  };
}

export const searchAnswer: SearchResponse = {
  results: [
    hit({}),
    hit({
      id: "art-2",
      title: "محضر اجتماع التسعير",
      author: "ليلى",
      integration: "Slack",
      kind: "conversation",
      snippet: "قررنا الإبقاء على السعر لكل مقعد حتى نهاية العام.",
      highlights: [{ start: 0, end: 5 }],
      url: "https://example.com/archives/C01/p1",
      score: 0.744,
    }),
    hit({
      id: "art-3",
      title: "料金プランの見直し",
      author: null,
      integration: "Linear",
      snippet: "席ごとの料金は据え置き、初期費用を廃止する。\n決定日は四月十四日。",
      highlights: [{ start: 5, end: 7 }],
      artifactDate: null,
      score: 0.61,
    }),
    hit({
      id: "art-4",
      title: "quarry/src/billing/calculateSeatPriceWithDiscountsAndRoundingForEveryRegion.ts",
      kind: "code",
      integration: "GitHub",
      snippet:
        "export function calculateSeatPriceWithDiscountsAndRoundingForEveryRegion(seats: number): Money {",
      highlights: [],
      lines: { start: 4, end: 4 },
      score: 0.402,
    }),
  ],
  timings: { total: 14.2 },
  notes: ["12 artifacts still wait for the index and are not searched yet."],
};

const markdown = `# Pricing decision

We keep the **per-seat price** and drop the set-up fee. See [the sheet](https://example.com/sheet) and \`pricing.ts\`.

## Who decided

- Ann Mason
- Bo Quarry

Still to do:

- [x] Tell the customers
- [ ] Change the page

| Plan | Seats | Price per seat and month | Support |
| --- | --- | --- | --- |
| Pebble | 1–9 | 8 € | by mail |
| Boulder | 10 and more | 6 € | by phone |

> A price that nobody can explain is a price that nobody pays.

\`\`\`ts
export const pricePerSeat = (seats: number) => (seats < 10 ? 8 : 6); // a long line that has to scroll in its own box
\`\`\`

قررنا الإبقاء على السعر لكل مقعد.

席ごとの料金は据え置く。
`;

export const artifact: Artifact = {
  id: "art-1",
  integrationArtifactId: "handbook/pricing.md",
  integration: "Files",
  account: "/home/ann/handbook",
  kind: "document",
  title: "Pricing decision, spring 2026",
  url: "https://example.com/handbook/pricing",
  author: "Ann Mason",
  artifactDate: "2026-04-14T09:30:00.000Z",
  updateDate: minutesAgo(12),
  insightState: "offline",
  markdown,
  keyPoints: ["The per-seat price stays.", "No set-up fee below ten seats."],
  questionsAnswered: ["What did we decide about the price?"],
  entities: ["Ann Mason", "Boulder plan", "料金"],
  metadata: { words: 120, path: "handbook/pricing.md", tags: ["price", "2026"] },
};

export const emptyArtifact: Artifact = {
  ...artifact,
  markdown: "",
  keyPoints: [],
  questionsAnswered: [],
  entities: [],
  metadata: {},
};

export const hostileArtifact: Artifact = {
  ...artifact,
  id: "hostile",
  title: "<img src=x onerror=\"document.title='owned'\">",
  url: "javascript:document.title='owned'",
  keyPoints: ["<script>document.title='owned'</script>"],
  markdown: `<script>document.title='owned'</script>

<img src="/api/beacon" onerror="document.title='owned'">

<iframe src="/api/beacon"></iframe>

[a link](javascript:document.title='owned') [data](data:text/html,<script>alert(1)</script>)

![tracked](/api/beacon) ![remote](http://beacon.invalid/pixel.png)

<a href="https://example.com" onclick="document.title='owned'">html link</a>

[web](https://example.com/ok)
`,
};
