/** A search as other ways to ask for it: a call of the agents' tool, curl, the command line. */
import { shellWord } from "@/client/ui/shell-word";
import type { HttpSearchInput } from "@/core/models/search";

/** The tool call that an agent would send, as JSON: what only the page asks for is left out. */
export function asMcpCall({ explain: _, sizedFor: __, ...input }: HttpSearchInput): string {
  return JSON.stringify(
    { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "semantic_search", arguments: input } },
    null,
    2,
  );
}

/** A request to the HTTP API. */
export function asCurl(origin: string, input: HttpSearchInput): string {
  return `curl ${shellWord(`${origin}/api/search`)} --json ${shellWord(JSON.stringify(input))}`;
}

/** The command that asks the same on the machine itself. */
export function asCommand(input: HttpSearchInput): string {
  const { query, limit, integration, minDate, maxDate, entities = [], context, maxTokens, explain } = input;
  const names = typeof integration === "string" ? [integration] : (integration ?? []);
  const options: (string | undefined)[][] = [
    limit === undefined ? [] : ["--limit", String(limit)],
    ...names.map((name) => ["--integration", name]),
    minDate === undefined ? [] : ["--min-date", minDate],
    maxDate === undefined ? [] : ["--max-date", maxDate],
    ...entities.map((name) => ["--entity", name]),
    context === undefined ? [] : ["--context", String(context)],
    maxTokens === undefined ? [] : ["--max-tokens", String(maxTokens)],
    explain === true ? ["--explain"] : [],
  ];
  const words = ["npx", "stoneturner", "search", ...options.flat(), "--", query];
  return words.map((word) => shellWord(word ?? "")).join(" ");
}
