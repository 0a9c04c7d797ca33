import { expect, test } from "bun:test";
import { z } from "zod";
import { agentSnippets } from "./snippets";

const origin = "http://127.0.0.1:9000";
const textFor = (agent: string) =>
  agentSnippets(origin).find((snippet) => snippet.agent === agent)?.text ?? "";

test("Claude Code gets its command", () => {
  expect(textFor("Claude Code")).toBe(
    "claude mcp add --transport http stoneturner http://127.0.0.1:9000/mcp",
  );
});

test("Codex gets TOML that parses", () => {
  const config: unknown = Bun.TOML.parse(textFor("Codex"));
  expect(config).toEqual({ mcp_servers: { stoneturner: { url: `${origin}/mcp` } } });
});

test("Cursor gets JSON that parses", () => {
  const schema = z.strictObject({
    mcpServers: z.strictObject({ stoneturner: z.strictObject({ url: z.url() }) }),
  });
  expect(schema.parse(JSON.parse(textFor("Cursor"))).mcpServers.stoneturner.url).toBe(`${origin}/mcp`);
});
