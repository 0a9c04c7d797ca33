/** The whole program with a fake workspace as its source, and the usual things to do with both. */
import { notionIntegration } from "@/integrations/notion/integration";
import type { SyncMode, SyncRun } from "@/core/models/sync";
import { systemClock } from "@/core/services/http/clock";
import { testApp, type TestApp } from "@test/app";
import { type NotionFake, startFake } from "./fake";

export interface NotionApp extends AsyncDisposable {
  app: TestApp;
  fake: NotionFake;
  sync: (mode?: SyncMode) => Promise<SyncRun>;
  /** Served artifacts by source id. */
  served: () => Promise<Map<string, { title: string; markdown: string }>>;
  /** What is served and what ought to be, where they differ; empty when all is well. */
  differences: () => Promise<string[]>;
}

/** The fake's clock; `ahead` moves it. */
export function movableClock() {
  const clock = { ahead: 0, ...systemClock, now: () => Date.now() + clock.ahead };
  return clock;
}

/** `await using notion = await notionApp({ items: 40 });` */
export async function notionApp(
  options: {
    items?: number;
    seed?: number;
    home?: string;
    clock?: ReturnType<typeof movableClock>;
    fake?: NotionFake;
    options?: Record<string, string>;
  } = {},
): Promise<NotionApp> {
  const { items = 0, seed = 7, home, clock = movableClock() } = options;
  const fake = options.fake ?? (await startFake({ seed, items, clock }));
  const app = await testApp({
    integrations: [notionIntegration],
    environment: { INTEGRATION_API_URLS: fake.apiUrls },
    ...(home === undefined ? {} : { home }),
  });
  await app.credentials.save(notionIntegration, { ...fake.credential, options: options.options ?? {} });
  const served = async () => {
    const rows = await app.db.raw.all(
      "SELECT integrationArtifactId AS id, title, markdown FROM mdArtifacts WHERE deletedAt IS NULL",
    );
    return new Map(
      rows.map((row) => [
        String(row["id"]),
        { title: String(row["title"]), markdown: String(row["markdown"]) },
      ]),
    );
  };
  return {
    app,
    fake,
    served,
    sync: async (mode = "full") => {
      const [started] = await app.runner.start({ integration: "Notion", mode, trigger: "manual" });
      return app.runner.wait(started?.runId ?? "");
    },
    differences: async () => compare(fake.truth(), await served()),
    [Symbol.asyncDispose]: async () => {
      await app[Symbol.asyncDispose]();
      if (options.fake === undefined) await fake[Symbol.asyncDispose]();
    },
  };
}

type Texts = ReadonlyMap<string, { title: string; markdown: string }>;

function compare(truth: Texts, served: Texts): string[] {
  const found: string[] = [];
  for (const [key, { title, markdown }] of truth) {
    const row = served.get(key);
    if (row === undefined) found.push(`${key} is missing`);
    else if (row.title !== title) found.push(`${key} is called "${row.title}", not "${title}"`);
    else if (row.markdown !== markdown)
      found.push(`${key} reads\n${row.markdown}\n---- and ought to read\n${markdown}`);
  }
  for (const key of served.keys()) if (!truth.has(key)) found.push(`${key} is served but gone`);
  return found;
}
