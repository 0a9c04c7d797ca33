/** The protocol's own conformance suite against the server that people start: its guards, routes and limits. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Glob } from "bun";
import { z } from "zod";
import { startServer } from "@/core/handlers/server";
import type { McpExtension } from "@/core/services/mcp/server";
import { testApp } from "@test/app";
import { conformanceFixtures } from "@test/conformance-fixtures";
import { temporaryFolder } from "@test/database";
import { createShelf } from "@test/shelf";

const root = resolve(import.meta.dir, "..");
const suite = join(root, "node_modules/@modelcontextprotocol/conformance/dist/index.js");
const baseline = join(root, "test/conformance-baseline.yml");

/** The suite takes a few seconds; a busy machine several times that. */
const TIMEOUT_MS = 60_000;

/** The whole program over HTTP, with one synced note. */
async function serve(extension?: McpExtension) {
  const shelf = createShelf();
  shelf.put("pricing", "# Pricing\n\nThe enterprise plan costs 900 euros a month.");
  const app = await testApp({ integrations: [shelf.integration] });
  const [run] = await app.runner.start({ integration: "Shelf", mode: "full", trigger: "manual" });
  if (run !== undefined) await app.runner.wait(run.runId);
  const server = await startServer(app, () => Promise.resolve(new Map()), extension);
  return {
    url: `${server.url}/mcp`,
    stop: async () => {
      await server.stop();
      await app[Symbol.asyncDispose]();
    },
  };
}

const checksSchema = z.array(
  z.object({ id: z.string(), status: z.string(), errorMessage: z.string().optional() }),
);

interface Outcome {
  code: number;
  /** The suite's own summary of scenarios, or all that it said when there is none. */
  summary: string;
  /** By scenario: its checks. */
  checks: Map<string, z.infer<typeof checksSchema>>;
}

/** Runs the suite offline, in a process of its own. */
async function conformance(url: string, ...args: string[]): Promise<Outcome> {
  using reports = temporaryFolder();
  const run = Bun.spawn([process.execPath, suite, "server", "--url", url, "-o", reports.path, ...args], {
    cwd: reports.path,
    env: { PATH: "/usr/bin:/bin", HOME: reports.path },
    stdout: "pipe",
    stderr: "pipe",
    timeout: TIMEOUT_MS,
  });
  const [out, err] = await Promise.all([new Response(run.stdout).text(), new Response(run.stderr).text()]);
  const code = await run.exited;
  const said = Bun.stripANSI(`${out}\n${err}`);
  const summary = said.slice(Math.max(0, said.indexOf("=== SUMMARY ===")));
  return { code, summary, checks: readReports(reports.path) };
}

/** The suite leaves a folder for each scenario: `server-<scenario>-<time>/checks.json`. */
function readReports(folder: string): Outcome["checks"] {
  const checks: Outcome["checks"] = new Map();
  for (const path of new Glob("*/checks.json").scanSync(folder)) {
    const scenario = /^server-(.+)-\d{4}-\d\d-\d\dT/.exec(path)?.[1] ?? path;
    checks.set(scenario, checksSchema.parse(JSON.parse(readFileSync(join(folder, path), "utf8"))));
  }
  return checks;
}

const modern = ["--requirements", "2026-07-28"];
const legacy = ["--requirements", "2025-11-25", "--timeout", "5000"];

describe("with the tools, prompts and resources that the suite calls", () => {
  let server: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    server = await serve(conformanceFixtures);
  });
  afterAll(() => server.stop());

  test.concurrent(
    "does all that the revision of 2026-07-28 requires",
    async () => {
      const { code, summary } = await conformance(server.url, ...modern);
      expect(code, summary).toBe(0);
    },
    TIMEOUT_MS,
  );

  test.concurrent(
    "does what the revision of 2025-11-25 requires, but what takes a session",
    async () => {
      const { code, summary } = await conformance(server.url, ...legacy, "--expected-failures", baseline);
      expect(code, summary).toBe(0);
    },
    TIMEOUT_MS,
  );
});

/** Scenarios that ask for nothing by name. */
const fitting = {
  modern: [
    "server-stateless",
    "tools-list",
    "server-sse-multiple-streams",
    "resources-list",
    "sep-2164-resource-not-found",
    "prompts-list",
    "dns-rebinding-protection",
    "caching",
    "input-required-result-unsupported-methods",
    "http-header-validation",
  ],
  legacy: [
    "server-initialize",
    "ping",
    "tools-list",
    "resources-list",
    "prompts-list",
    "dns-rebinding-protection",
  ],
};

describe("as it is", () => {
  let server: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    server = await serve();
  });
  afterAll(() => server.stop());

  test.concurrent.each([
    ["2026-07-28", modern, fitting.modern],
    ["2025-11-25", legacy, fitting.legacy],
  ])(
    "fails nothing of %s that can be tried on it",
    async (_revision, args, scenarios) => {
      const { checks, summary } = await conformance(server.url, ...args);
      for (const scenario of scenarios) {
        const own = checks.get(scenario) ?? [];
        const failed = own
          .filter(({ status }) => status === "FAILURE")
          .map(({ id, errorMessage = "" }) => `${id}: ${errorMessage}`)
          // Checks that call a tool of the suite's own, which is not here.
          .filter((failure) => !failure.includes(": Not testable:"));
        expect(failed, summary).toEqual([]);
        expect(own.filter(({ status }) => status === "SUCCESS").length, scenario).toBeGreaterThan(0);
      }
    },
    TIMEOUT_MS,
  );
});
