/** How each agent is told about this server, made from where the page was opened and what the server says of itself. */
import { shellWord } from "@/client/ui/shell-word";

export interface SnippetFacts {
  /** Origin that the page was opened at. */
  origin: string;
  /** The token to send, where the server asks for one. */
  token: string | undefined;
  /** Folders of the program and of its data; undefined while they are not known. */
  projectRoot: string | undefined;
  home: string | undefined;
}

export interface Snippet {
  agent: string;
  /** Where the text goes. */
  where: string;
  language: "shell" | "json" | "toml" | "text";
  text: string;
  /** What else has to be known. */
  note?: string;
}

const json = (value: unknown) => JSON.stringify(value, null, 2);

const headersOf = (token: string | undefined) =>
  token === undefined ? {} : { headers: { Authorization: `Bearer ${token}` } };

function overHttp({ origin, token }: SnippetFacts): Snippet[] {
  const url = `${origin}/mcp`;
  const header = token === undefined ? "" : ` --header ${shellWord(`Authorization: Bearer ${token}`)}`;
  const codexToken =
    token === undefined ? "" : `\nhttp_headers = { Authorization = ${JSON.stringify(`Bearer ${token}`)} }`;
  return [
    {
      agent: "Claude Code",
      where: "Run in a terminal",
      language: "shell",
      text: `claude mcp add --transport http stoneturner ${shellWord(url)}${header}`,
    },
    {
      agent: "Codex",
      where: "Add to ~/.codex/config.toml",
      language: "toml",
      text: `[mcp_servers.stoneturner]\nurl = ${JSON.stringify(url)}${codexToken}`,
    },
    {
      agent: "Cursor",
      where: "Add to ~/.cursor/mcp.json",
      language: "json",
      text: json({ mcpServers: { stoneturner: { url, ...headersOf(token) } } }),
    },
    {
      agent: "VS Code",
      where: "Add to .vscode/mcp.json",
      language: "json",
      text: json({ servers: { stoneturner: { type: "http", url, ...headersOf(token) } } }),
    },
    {
      agent: "OpenCode",
      where: "Add to opencode.json",
      language: "json",
      text: json({
        $schema: "https://opencode.ai/config.json",
        mcp: { stoneturner: { type: "remote", url, enabled: true, ...headersOf(token) } },
      }),
    },
  ];
}

/** Claude Desktop starts the server itself, over standard input; no token, no port. */
function claudeDesktop({ projectRoot = "/path/to/stoneturner", home }: SnippetFacts): Snippet {
  const env = home === undefined || home === projectRoot ? {} : { env: { STONETURNER_HOME: home } };
  const args = [`${projectRoot}/bin/stoneturner.mjs`, "mcp"];
  return {
    agent: "Claude Desktop",
    where: "Add to claude_desktop_config.json (Settings, Developer, Edit config)",
    language: "json",
    text: json({ mcpServers: { stoneturner: { command: "node", args, ...env } } }),
    note: "It starts Stoneturner by itself on the same data, so it has to run on this machine.",
  };
}

function chatGpt({ origin }: SnippetFacts): Snippet {
  const reachable = origin.startsWith("https:");
  return {
    agent: "ChatGPT",
    where: "Settings, Connectors, Advanced, Developer mode, then Create: the MCP server's URL",
    language: "text",
    text: `${origin}/mcp`,
    note: reachable
      ? "It logs in with OAuth; set OAUTH_ISSUER as docs/security.md describes."
      : "ChatGPT calls from outside, so the server needs a public https address and a login: docs/security.md.",
  };
}

/** Ready-to-paste texts, one an agent. */
export function agentSnippets(facts: SnippetFacts): Snippet[] {
  const [code, ...others] = overHttp(facts);
  return [...(code === undefined ? [] : [code]), claudeDesktop(facts), ...others, chatGpt(facts)];
}
