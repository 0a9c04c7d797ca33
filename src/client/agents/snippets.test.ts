import { describe, expect, test } from "bun:test";
import { z } from "zod";
import { agentSnippets, type SnippetFacts } from "./snippets";

const origin = "http://127.0.0.1:9000";
const facts = (over: Partial<SnippetFacts> = {}): SnippetFacts => ({
  origin,
  token: undefined,
  projectRoot: "/opt/stoneturner",
  home: "/opt/stoneturner",
  ...over,
});
const textFor = (agent: string, over: Partial<SnippetFacts> = {}) =>
  agentSnippets(facts(over)).find((snippet) => snippet.agent === agent)?.text ?? "";

describe("what is pasted", () => {
  test("parses as what it is, with and without a token", () => {
    for (const token of [undefined, "st_abc"]) {
      for (const { language, text } of agentSnippets(facts({ token }))) {
        if (language === "json") JSON.parse(text);
        if (language === "toml") Bun.TOML.parse(text);
        if (language === "text") expect(new URL(text).pathname).toBe("/mcp");
      }
    }
  });

  test("covers the agents that people use", () => {
    expect(agentSnippets(facts()).map(({ agent }) => agent)).toEqual([
      "Claude Code",
      "Claude Desktop",
      "Codex",
      "Cursor",
      "VS Code",
      "OpenCode",
      "ChatGPT",
    ]);
  });

  test("is a command with its words kept together by a shell", async () => {
    expect(textFor("Claude Code")).toBe(
      "claude mcp add --transport http stoneturner http://127.0.0.1:9000/mcp",
    );
    const command = textFor("Claude Code", { token: "st_it's $HOME" });
    const echoed = Bun.spawnSync(["/bin/sh", "-c", command.replace(/^claude/, String.raw`printf '%s\n'`)]);
    expect(echoed.stdout.toString().trimEnd().split("\n").at(-1)).toBe("Authorization: Bearer st_it's $HOME");
  });

  test("carries the address and the token where each agent reads them", () => {
    expect(Bun.TOML.parse(textFor("Codex", { token: "st_a" }))).toEqual({
      mcp_servers: { stoneturner: { url: `${origin}/mcp`, http_headers: { Authorization: "Bearer st_a" } } },
    });
    const server = z.strictObject({ url: z.url(), headers: z.strictObject({ Authorization: z.string() }) });
    const cursor = z.strictObject({ mcpServers: z.strictObject({ stoneturner: server }) });
    expect(cursor.parse(JSON.parse(textFor("Cursor", { token: "st_a" }))).mcpServers.stoneturner).toEqual({
      url: `${origin}/mcp`,
      headers: { Authorization: "Bearer st_a" },
    });
    expect(textFor("Claude Desktop", { token: "st_a" })).not.toContain("st_a");
  });

  test("names the data folder where it is not the program's own", () => {
    expect(textFor("Claude Desktop")).not.toContain("env");
    expect(textFor("Claude Desktop", { home: "/data" })).toContain('"STONETURNER_HOME": "/data"');
  });
});
