/**
 * The whole life of an account with secrets planted wherever they go: as tokens, in a provider's errors, in redirects, in
 * the text of an item. Afterwards everything that ever came out is searched for them.
 */
import { expect, test } from "bun:test";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { bearer, ownerPassword } from "@test/access";
import { runCli } from "@test/cli";
import { client as application, oauthApp, type OAuthApp } from "@test/oauth";
import { tokenCanary } from "@test/oauth-provider";

/** In the item's text: it is shown where the item is asked for, and nowhere else. */
const textCanary = "canary-text-77c0";
/** In a redirect's address and in the words of an error. */
const errorCanary = "ntn_canaryerror0123456789abcdef";

/** Everything that came out, by where. */
class Outputs {
  readonly all = new Map<string, string>();

  add(where: string, text: string): void {
    this.all.set(`${this.all.size} ${where}`, text);
  }

  /** Where a secret came out. */
  holding(secret: string): string[] {
    return [...this.all].filter(([, text]) => text.includes(secret)).map(([where]) => where);
  }
}

async function sync({ app }: OAuthApp, mode: "full" | "incremental" = "full"): Promise<string> {
  const [started] = await app.runner.start({ integration: "Mail", mode, trigger: "manual" });
  return (await app.runner.wait(started?.runId ?? "")).state;
}

/** Connects, syncs, fails in every way a provider has, and renews. */
async function live(mail: OAuthApp, outputs: Outputs): Promise<void> {
  const { provider } = mail;
  provider.itemText = `# Mail\n\nZebras cross the road at dawn: ${textCanary}.`;
  outputs.add("page", await mail.connect());
  provider.onToken = (answer, asked) =>
    void Object.assign(answer, {
      statusCode: 400,
      body: { error: "invalid_request", error_description: asked["code"] ?? errorCanary },
    });
  outputs.add("page of a refusal", await mail.connect());
  provider.onToken = () => undefined;
  expect(await sync(mail)).toBe("succeeded");
  const faults: ((request: Request, token: string) => Response)[] = [
    (_request, token) => Response.json({ error: `${token} ${errorCanary} is no good` }, { status: 500 }),
    (_request, token) =>
      Response.json({ message: `Bearer ${token} lacks a scope; ${errorCanary}` }, { status: 403 }),
    (_request, token) =>
      new Response(null, {
        status: 302,
        headers: { location: `http://127.0.0.1:1/x?access_token=${token}` },
      }),
    (_request, token) => new Response(token, { status: 400, headers: { "x-token": token } }),
  ];
  for (const fault of faults) {
    provider.onApi = fault;
    await sync(mail, "incremental");
  }
  provider.onApi = () => undefined;
  provider.endAccess();
  expect(await sync(mail)).toBe("succeeded");
  expect(provider.refreshes).toBe(1);
}

const documentSchema = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });
const fillings: Record<string, string> = { integration: "mail", page: "0", id: "nosuch" };

/** Asks every GET route of the description, as the owner's script would. */
async function askRoutes({ url }: OAuthApp, token: string, outputs: Outputs): Promise<void> {
  const get = async (path: string) => {
    const answer = await fetch(url + path, { headers: bearer(token), redirect: "manual" });
    const text = path === "/api/events" ? await firstChunk(answer) : await answer.text();
    outputs.add(`GET ${path}`, text + JSON.stringify([...answer.headers]));
    return text;
  };
  const { paths } = documentSchema.parse(JSON.parse(await get("/api/openapi.json")));
  for (const [path, methods] of Object.entries(paths)) {
    if (!("get" in methods)) continue;
    await get(path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => fillings[name] ?? "x"));
  }
  const { artifacts } = z
    .object({ artifacts: z.array(z.object({ id: z.string() })) })
    .parse(JSON.parse(await get("/api/artifacts/mail")));
  await get(`/api/artifact/${artifacts[0]?.id}`);
  await get("/api/audit?format=jsonl");
  await get("/api/oauth/mail?error=access_denied&state=nosuch");
  await get("/metrics");
  const search = { method: "POST", headers: { ...bearer(token), "Content-Type": "application/json" } };
  const body = JSON.stringify({ query: "zebras", explain: true });
  outputs.add("POST /api/search", await (await fetch(`${url}/api/search`, { ...search, body })).text());
}

async function firstChunk(answer: Response): Promise<string> {
  const reader = answer.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  await reader?.cancel();
  return new TextDecoder().decode(value);
}

/** Calls what agents have. @returns where an item's text may stand. */
async function askAgents({ url, app }: OAuthApp, token: string, outputs: Outputs): Promise<void> {
  const client = new Client({ name: "canary", version: "1" });
  const transport = new StreamableHTTPClientTransport(new URL("/mcp", url), {
    requestInit: { headers: bearer(token) },
  });
  await client.connect(transport);
  outputs.add("MCP instructions", client.getInstructions() ?? "");
  const { tools } = await client.listTools();
  outputs.add("MCP tools", JSON.stringify(tools));
  outputs.add("MCP prompts", JSON.stringify(await client.listPrompts()));
  const tables = await app.sql.schema();
  const [artifact] = await app.db.raw.all("SELECT id FROM mdArtifacts");
  const [run] = await app.db.raw.all("SELECT id FROM syncRun");
  const given: Record<string, unknown> = {
    integration: "Mail",
    query: "zebras",
    id: artifact?.["id"],
    runId: run?.["id"],
  };
  for (const tool of tools) {
    if (tool.name === "run_sql_query") continue;
    const names = Object.keys(tool.inputSchema.properties ?? {});
    const args = Object.fromEntries(names.filter((name) => name in given).map((name) => [name, given[name]]));
    outputs.add(
      `MCP ${tool.name}`,
      JSON.stringify(await client.callTool({ name: tool.name, arguments: args })),
    );
  }
  const statements = [
    ...tables.map(({ table }) => `SELECT * FROM ${table}`),
    "SELECT * FROM integrationCredential",
    "SELECT * FROM secret",
    "SELECT * FROM accessToken",
  ];
  for (const sql of statements) {
    const answer = await client.callTool({ name: "run_sql_query", arguments: { sql, query: sql } });
    outputs.add(`MCP ${sql}`, JSON.stringify(answer));
  }
  await client.close();
}

/** Reads every file of the data folder but the key, as somebody would who got hold of a copy. */
function readFiles(folder: string, outputs: Outputs): void {
  for (const name of readdirSync(folder, { recursive: true }).map(String)) {
    const path = join(folder, name);
    if (!statSync(path).isFile() || name === "stoneturner.key") continue;
    outputs.add(`file ${name}`, readFileSync(path, "latin1"));
  }
}

test("no planted secret comes out anywhere in the whole life of an account", async () => {
  await using mail = await oauthApp();
  const { app } = mail;
  const outputs = new Outputs();
  await live(mail, outputs);
  await app.access.password.set(ownerPassword);
  const { token } = await app.access.tokens.create({ name: "canary", scope: "admin" });
  const login = {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ password: ownerPassword }),
  };
  const loggedIn = await fetch(`${mail.url}/api/login`, login);
  outputs.add("login", await loggedIn.text());
  const session = /=([^;]+)/.exec(loggedIn.headers.getSetCookie()[0] ?? "")?.[1] ?? "";
  await askRoutes(mail, token, outputs);
  await askAgents(mail, token, outputs);
  const home = app.folder;
  for (const args of [
    ["status", "--json"],
    ["doctor", "--json"],
    ["audit", "--json"],
    ["token", "list"],
    ["backup", join(home, "copy.db")],
    ["search", "zebras", "--json"],
  ]) {
    const { stdout, stderr } = await runCli(args, { home, env: { LOG_LEVEL: "debug" } });
    outputs.add(`stoneturner ${args[0]}`, stdout + stderr);
  }
  readFiles(home, outputs);
  const disconnect = { method: "DELETE", headers: bearer(token) };
  outputs.add("disconnect", await (await fetch(`${mail.url}/api/integrations/mail`, disconnect)).text());
  outputs.add("log", app.logged.map((line) => JSON.stringify(line)).join("\n"));

  // What was looked at is what it is thought to be.
  expect(outputs.all.size).toBeGreaterThan(60);
  expect(app.logged.filter(({ level }) => level === "debug").length).toBeGreaterThan(20);
  expect(outputs.holding("Zebras").length).toBeGreaterThan(5);

  const key = readFileSync(join(home, "stoneturner.key"), "utf8").trim();
  const secrets = {
    tokenCanary,
    application: application.secretKey,
    errorCanary,
    ownerPassword,
    token,
    session,
    key,
  };
  for (const [name, secret] of Object.entries(secrets)) {
    expect(secret.length).toBeGreaterThan(10);
    expect(`${name}: ${outputs.holding(secret).join(", ")}`).toBe(`${name}: `);
  }
  // Nor is what callers of ours send handed on to a provider.
  expect(mail.provider.heard.length).toBeGreaterThan(5);
  expect(
    mail.provider.heard.filter((line) => [token, session, ownerPassword].some((one) => line.includes(one))),
  ).toEqual([]);
  const content =
    /^\d+ (?:GET \/api\/artifact|POST \/api\/search|MCP (?:fetch|get_md_artifact_by_id|search|semantic_search|get_data_source_context|SELECT \* FROM (?:mdArtifacts|chunk|sourceContext))|stoneturner search|file (?:stoneturner|copy)\.db)/;
  expect(outputs.holding(textCanary).filter((where) => !content.test(where))).toEqual([]);
  expect(outputs.holding(textCanary).length).toBeGreaterThan(3);
});
