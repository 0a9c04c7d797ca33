/**
 * The published guide "Add an integration", its five steps followed in a copy of the project: an integration by the
 * letter, whose functions take no parameter, and one beside it that uses what it is handed.
 */
import { expect, test } from "bun:test";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { artifactsAnswerSchema, sourcesAnswerSchema, startedSyncSchema } from "@/core/models/api";
import { launchBrowser } from "@test/browser";
import { startServing } from "@test/cli";
import { temporaryFolder } from "@test/database";
import { copyOfProject, runBun, typeFaults } from "@test/project-copy";
import { withIntegration } from "../../scripts/scaffold/registries";

const sample = readFileSync(join(import.meta.dir, "handwritten.ts"), "utf8");
const [head = "", integrationPart = ""] = sample.split("export const myIntegration");
const config = head.replace(
  "import type { Integration, IntegrationConfig }",
  "import type { IntegrationConfig }",
);

/** Steps 1 to 4: the folder, the two exports, a table of its own. */
const byTheLetter: Record<string, string> = {
  "my-integration/config.ts": config,
  "my-integration/integration.ts": `import type { Integration } from "@/core/models/models";
import { myConfig } from "./config";

export const myIntegration${integrationPart}`,
  "my-integration/db/schema.ts": tableFile("myItem"),
  "my-integration/db/queries.ts": "export {};\n",
  "my-integration/models/models.ts": "export {};\n",
  "my-integration/sync-steps/sync-data-step.ts": "export {};\n",
  "my-integration/sync-steps/parse-step.ts": "export {};\n",
};

/** The same shape with bodies: its own table, the shared steps, the names that the guide gives. */
const withParameters: Record<string, string> = {
  "notes/config.ts": `import type { IntegrationConfig } from "@/core/models/models";

export const notesConfig: IntegrationConfig = { integration: "Notes", icon: "/assets/notes.png", integrationType: "API_KEY" };
`,
  "notes/db/schema.ts": tableFile("noteItem"),
  "notes/integration.ts": `import { eq } from "drizzle-orm";
import type { Integration } from "@/core/models/models";
import { aiGatewayBottleneck } from "@/core/services/rate-limiter";
import { indexVectorDbStep } from "@/core/services/index-vector-db-step";
import { parseStep } from "@/core/services/insights/parse-step";
import { writeArtifacts } from "@/core/services/sync/artifact-writer";
import { retry } from "@/lib/utils";
import { notesConfig } from "./config";
import { noteItem } from "./db/schema";

export const notesIntegration: Integration = {
  config: notesConfig,
  sync: async (db, { integration, account }) => {
    const title = await retry(() => aiGatewayBottleneck.schedule(() => Promise.resolve("Tide table")));
    const note = { integrationArtifactId: "n1", kind: "document", title, markdown: "High water at six." } as const;
    const row = { account, itemId: "n1", title };
    await db.transaction(async (tx) => {
      await writeArtifacts(tx, { integration, account }, [note]);
      await tx.insert(noteItem).values(row).onConflictDoUpdate({ target: [noteItem.account, noteItem.itemId], set: row });
    });
    await parseStep(integration, db);
    await indexVectorDbStep(integration, db);
  },
  syncUpdates: async () => {},
  deleteSync: async (db, { account }) => {
    await db.delete(noteItem).where(eq(noteItem.account, account));
  },
  tableNames: ["noteItem"],
};
`,
};

function tableFile(name: string): string {
  return `import { primaryKey, table, text } from "@/core/db/table";

export const ${name} = table(
  "${name}",
  { account: text().notNull(), itemId: text().notNull(), title: text().notNull() },
  (t) => [primaryKey({ columns: [t.account, t.itemId] })],
);
`;
}

function follow(copy: string): void {
  for (const [path, text] of Object.entries({ ...byTheLetter, ...withParameters })) {
    const file = join(copy, "src/integrations", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  // Step 5: each in both registries.
  for (const path of ["src/integrations/config-registry.ts", "src/integrations/sync-registry.ts"]) {
    const file = join(copy, path);
    const once = withIntegration(path, readFileSync(file, "utf8"), "my-integration", "my");
    writeFileSync(file, withIntegration(path, once, "notes", "notes"));
  }
}

test("the five steps give sources that compile, migrate, are shown, synced, searched and deleted", async () => {
  using folder = temporaryFolder();
  const { path } = folder;
  copyOfProject(path);
  follow(path);
  const compiled = typeFaults(path, "src/integrations/my-integration", "src/integrations/notes");
  expect(await runBun(path, "run", "generate")).toMatchObject({ code: 0 });
  const migrated = await runBun(path, "run", "migrate");
  expect([migrated.code, migrated.said]).toEqual([0, expect.stringMatching(/Applied \d+ migrations/)]);
  expect(await compiled).toBe("");

  const serving = await startServing([], { home: path, project: path });
  const { url } = serving;
  const browser = await launchBrowser();
  const client = new Client({ name: "guide", version: "1" });
  try {
    const page = await browser.newPage();
    await page.goto(`${url}/sources`);
    for (const name of ["MyIntegration", "Notes"])
      await page.getByText(name, { exact: true }).first().waitFor();
    const listed = sourcesAnswerSchema.parse(await (await fetch(`${url}/api/integrations`)).json());
    expect(listed.integrations.map(({ integration }) => integration)).toContain("MyIntegration");

    await client.connect(new StreamableHTTPClientTransport(new URL(`${url}/mcp`)));
    const call = async (name: string, given: Record<string, unknown>) =>
      JSON.stringify((await client.callTool({ name, arguments: given })).structuredContent);
    expect(await call("get_integration_sources", {})).toContain("MyIntegration");
    for (const name of ["myintegration", "notes"]) await syncedOverHttp(url, name);
    expect(await call("semantic_search", { query: "when is high water" })).toContain("Tide table");
    expect(await call("run_sql_query", { sql: 'SELECT "title" FROM "noteItem"' })).toContain("Tide table");

    for (const name of ["MyIntegration", "Notes"])
      expect((await fetch(`${url}/api/sync/${name}`, { method: "DELETE" })).ok).toBe(true);
    expect(await artifacts(url)).toBe(0);
    expect(await call("run_sql_query", { sql: 'SELECT "title" FROM "noteItem"' })).not.toContain(
      "Tide table",
    );
  } finally {
    await client.close();
    await browser.close();
    serving.child.kill("SIGTERM");
    await serving.child.exited;
  }
}, 300_000);

/** A full sync as the guide's readers start it, to its end. */
async function syncedOverHttp(url: string, integration: string): Promise<void> {
  const posted = await fetch(`${url}/api/sync/${integration}`, { method: "POST" });
  const { runId } = startedSyncSchema.parse(await posted.json());
  for (;;) {
    const run = await (await fetch(`${url}/api/runs/${runId}`)).text();
    if (/"state":"(?:queued|running)"/.test(run)) await Bun.sleep(50);
    else return expect(run).toContain('"state":"succeeded"');
  }
}

async function artifacts(url: string): Promise<number> {
  return artifactsAnswerSchema.parse(await (await fetch(`${url}/api/artifacts/Notes`)).json()).total;
}
