/** How each agent is told about this server, made from the address the page was opened at. */

export interface Snippet {
  agent: string;
  /** Where the text goes. */
  where: string;
  text: string;
}

/** Ready-to-paste texts for the agents that speak MCP over HTTP. */
export function agentSnippets(origin: string): Snippet[] {
  const url = `${origin}/mcp`;
  return [
    {
      agent: "Claude Code",
      where: "Run in a terminal",
      text: `claude mcp add --transport http stoneturner ${url}`,
    },
    {
      agent: "Codex",
      where: "Add to ~/.codex/config.toml",
      text: `[mcp_servers.stoneturner]\nurl = ${JSON.stringify(url)}`,
    },
    {
      agent: "Cursor",
      where: "Add to ~/.cursor/mcp.json",
      text: JSON.stringify({ mcpServers: { stoneturner: { url } } }, null, 2),
    },
  ];
}
