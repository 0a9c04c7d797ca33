/** The official inspector's command line, against the real server as people start it. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { join, resolve } from "node:path";
import { z } from "zod";
import { filesFolder } from "@test/files";
import { temporaryFolder } from "@test/database";

const root = resolve(import.meta.dir, "..");
const inspector = join(root, "node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js");
const resultSchema = z.object({
  content: z.array(z.object({ type: z.literal("text"), text: z.string() })).length(1),
  structuredContent: z.record(z.string(), z.unknown()).optional(),
  isError: z.boolean().optional(),
});

/** The inspector is a new process for every call. */
const TIMEOUT_MS = 120_000;
const home = temporaryFolder();
const notes = filesFolder({ "pricing.md": "# Pricing\n\nThe enterprise plan costs 900 euros a month.\n" });
let server: Bun.Subprocess<"ignore", "pipe", "ignore">;
let url = "";

beforeAll(async () => {
  server = Bun.spawn(
    [process.execPath, join(root, "src/cli.ts"), "serve", "--port", "0", "--folder", notes.path],
    {
      cwd: root,
      env: { PATH: "/usr/bin:/bin", STONETURNER_HOME: home.path },
      stdout: "pipe",
      stderr: "ignore",
    },
  );
  // Read by hand: leaving a for-await loop would close the pipe under the server.
  const reader = server.stdout.getReader();
  const decoder = new TextDecoder();
  for (let said = ""; url === "";) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`The server ended: ${said}`);
    said += decoder.decode(value, { stream: true });
    url = /MCP\s+(http\S+)\n/.exec(said)?.[1] ?? "";
  }
  await untilSynced();
}, TIMEOUT_MS);
afterAll(async () => {
  server.kill();
  await server.exited;
  notes[Symbol.dispose]();
  home[Symbol.dispose]();
});

async function inspect(...args: string[]): Promise<{ code: number; answer: unknown; errors: string }> {
  const run = Bun.spawn(
    [process.execPath, inspector, "--cli", url, "--transport", "http", "--format", "json", ...args],
    {
      env: { PATH: "/usr/bin:/bin", HOME: home.path, MCP_STORAGE_DIR: home.path },
      stdout: "pipe",
      stderr: "pipe",
    },
  );
  const [text, errors] = await Promise.all([
    new Response(run.stdout).text(),
    new Response(run.stderr).text(),
  ]);
  return { code: await run.exited, answer: text.trim() === "" ? undefined : JSON.parse(text), errors };
}

async function call(tool: string, args: Record<string, unknown>): Promise<z.infer<typeof resultSchema>> {
  const named = ["--tool-name", tool, "--tool-args-json", JSON.stringify(args)];
  const { code, answer, errors } = await inspect("--method", "tools/call", ...named);
  if (code !== 0) throw new Error(`The inspector ended with ${code}: ${errors}`);
  return z
    .object({ result: resultSchema })
    .or(resultSchema.transform((result) => ({ result })))
    .parse(answer).result;
}

async function untilSynced(): Promise<void> {
  for (;;) {
    const found = await call("semantic_search", { query: "enterprise plan" });
    if (JSON.stringify(found.structuredContent).includes("pricing.md")) return;
    await Bun.sleep(250);
  }
}

test.each(["legacy", "modern"])(
  "lists every tool with schemas that are sound (%s)",
  async (era) => {
    const { code, answer } = await inspect("--method", "tools/list", "--strict", "--protocol-era", era);
    expect(code).toBe(0);
    const listed = JSON.stringify(answer);
    for (const name of [
      "semantic_search",
      "get_md_artifact_by_id",
      "run_sql_query",
      "sync_source",
      "fetch",
    ]) {
      expect(listed).toContain(`"name":"${name}"`);
    }
  },
  TIMEOUT_MS,
);

test(
  "calls every tool",
  async () => {
    const found = await call("search", { query: "enterprise plan" });
    const { results } = z
      .object({ results: z.array(z.object({ id: z.string() })) })
      .parse(found.structuredContent);
    const id = results[0]?.id ?? "";
    const started = await call("sync_source", { integration: "Files" });
    const answers = {
      search: found,
      sync_source: started,
      semantic_search: await call("semantic_search", { query: "plan", limit: 3 }),
      fetch: await call("fetch", { id }),
      get_md_artifact_by_id: await call("get_md_artifact_by_id", { id }),
      get_integration_sources: await call("get_integration_sources", {}),
      get_data_source_context: await call("get_data_source_context", { integration: "Files" }),
      run_sql_query: await call("run_sql_query", { sql: "SELECT title FROM mdArtifacts" }),
      get_sync_status: await call("get_sync_status", { integration: "Files" }),
    };
    for (const [tool, result] of Object.entries(answers)) {
      expect(result.isError ?? false, tool).toBe(false);
      if (tool === "get_md_artifact_by_id") expect(result.content[0]?.text).toContain("900 euros");
      else expect(JSON.parse(result.content[0]?.text ?? ""), tool).toEqual(result.structuredContent);
    }
  },
  TIMEOUT_MS,
);

test(
  "ends with an error where a tool refuses",
  async () => {
    const { code } = await inspect("--method", "tools/call", "--tool-name", "fetch", "--tool-arg", "id=none");
    expect(code).toBe(5);
  },
  TIMEOUT_MS,
);
