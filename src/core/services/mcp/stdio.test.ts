import { describe, expect, test } from "bun:test";
import { Database } from "bun:sqlite";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { testApp } from "@test/app";
import { runCommand } from "@test/cli";
import { temporaryFolder } from "@test/database";
import { textOf } from "@test/mcp";

const root = join(import.meta.dir, "../../../..");
const command = { command: process.execPath, args: [join(root, "src/cli.ts"), "mcp"], cwd: root };

describe("MCP over standard input", () => {
  test.each(["legacy", "auto"] as const)("answers a client (%s)", async (mode) => {
    using home = temporaryFolder();
    const client = new Client({ name: "test", version: "1" }, { versionNegotiation: { mode } });
    const env = { PATH: "/usr/bin:/bin", STONETURNER_HOME: home.path };
    await client.connect(new StdioClientTransport({ ...command, env, stderr: "ignore" }));
    expect((await client.listTools()).tools).toHaveLength(9);
    const result = await client.callTool({
      name: "run_sql_query",
      arguments: { sql: "SELECT count(*) FROM mdArtifacts" },
    });
    expect(result.structuredContent).toMatchObject({ rows: [[0]] });
    const sources = await client.callTool({ name: "get_integration_sources", arguments: {} });
    expect(JSON.stringify(sources.structuredContent)).toContain("Files");
    await client.callTool({ name: "run_sql_query", arguments: { sql: "DROP TABLE mdArtifacts" } });
    await client.close();
    await using app = await testApp({ home: home.path });
    // Another process reads what it left: which tools, how they ended, and who asked.
    const seen = (await app.mcpCalls.read()).map(({ at, ...call }) => [
      Object.values(call),
      Date.parse(at) > 0,
    ]);
    expect(seen).toEqual([
      [["stdio", "run_sql_query", "error", "test/1"], true],
      [["stdio", "get_integration_sources", "ok", "test/1"], true],
      [["stdio", "run_sql_query", "ok", "test/1"], true],
    ]);
  });

  test("indexes what an upgrade left waiting, where no server runs that does", async () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, "note.md"), "The marmot sleeps in winter.\n");
    const home = join(folder.path, "home");
    await runCommand(["connect", "files", "--path", folder.path, "--include", "note.md"], { home });
    await runCommand(["sync"], { home });
    using database = new Database(join(home, "stoneturner.db"));
    database.run("UPDATE setting SET value = '0' WHERE key = 'searchIndex'");
    const client = new Client({ name: "test", version: "1" });
    const env = { PATH: "/usr/bin:/bin", STONETURNER_HOME: home };
    await client.connect(new StdioClientTransport({ ...command, env, stderr: "ignore" }));
    const find = async () =>
      textOf(await client.callTool({ name: "semantic_search", arguments: { query: "marmot" } }));
    while (!(await find()).includes("sleeps in winter"));
    await client.close();
  });

  test("writes nothing but the protocol, and ends when its input ends", async () => {
    using home = temporaryFolder();
    const server = Bun.spawn([command.command, ...command.args], {
      cwd: root,
      env: { PATH: "/usr/bin:/bin", STONETURNER_HOME: home.path, LOG_LEVEL: "debug" },
      stdin: "pipe",
      stdout: "pipe",
      stderr: "ignore",
    });
    const hello = {
      jsonrpc: "2.0",
      id: 1,
      method: "initialize",
      params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "raw", version: "1" } },
    };
    await server.stdin.write(`${JSON.stringify(hello)}\n`);
    await server.stdin.flush();
    const reader = server.stdout.getReader();
    const { value } = await reader.read();
    const lines = new TextDecoder().decode(value).trim().split("\n");
    expect(lines.map((line) => JSON.parse(line).jsonrpc)).toEqual(["2.0"]);
    await server.stdin.end();
    expect(await server.exited).toBe(0);
    expect((await reader.read()).done).toBe(true);
  });
});
