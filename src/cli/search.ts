import type { Command } from "commander";
import { InputError } from "@/core/models/errors";
import { searchRequestSchema, type SearchRequest } from "@/core/models/search";
import type { Cli } from "./context";
import { indexHere } from "./index-here";
import { formatResponse } from "./search-format";
import { withApp } from "./with-app";

interface SearchOptions {
  json?: boolean;
  limit?: string;
  integration?: string[];
  minDate?: string;
  maxDate?: string;
  entity?: string[];
  context?: string;
  maxTokens?: string;
  explain?: boolean;
}

export function addSearch(program: Command, cli: Cli): void {
  program
    .command("search")
    .description("search everything that is synced")
    .argument("<query...>", "a question or keywords, in any language")
    .option("--json", "print the answer as JSON, as the HTTP API gives it")
    .option("--limit <number>", "how many results, 1 to 50 (default 10)")
    .option("--integration <name...>", "only these integrations")
    .option("--min-date <date>", "only what is dated at or after this (ISO-8601)")
    .option(
      "--max-date <date>",
      "only what is dated at or before this; a bare day, month or year is included whole",
    )
    .option("--entity <name...>", "only artifacts that list all of these entities, or are titled so")
    .option("--context <number>", "give the best passage whole, with so many around it, 0 to 3")
    .option("--max-tokens <number>", "the most that the answer may cost a language model")
    .option("--explain", "say for each result which part of the search found it")
    .addHelpText(
      "after",
      '\nExamples:\n  stoneturner search "why did we drop the old importer?"\n' +
        "  stoneturner search invoice --integration Files --min-date 2026-01-01 --json",
    )
    .action((query: string[], options: SearchOptions) => search(cli, query.join(" "), options));
}

async function search(cli: Cli, query: string, options: SearchOptions): Promise<void> {
  const request = parseRequest(query, options);
  const response = await withApp(cli, async (app) => {
    await indexHere(app, cli.note);
    return app.search(request, cli.signal);
  });
  if (options.json === true) {
    cli.print(JSON.stringify(response, null, 2));
    return;
  }
  for (const line of formatResponse(response, cli.colour)) cli.print(line);
}

function parseRequest(query: string, options: SearchOptions): SearchRequest {
  const { limit, integration, minDate, maxDate, entity, context, maxTokens, explain } = options;
  const parsed = searchRequestSchema.safeParse({
    query,
    limit: limit === undefined ? undefined : Number(limit),
    integration,
    minDate,
    maxDate,
    entities: entity,
    context: context === undefined ? undefined : Number(context),
    maxTokens: maxTokens === undefined ? undefined : Number(maxTokens),
    explain,
  });
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues.map((issue) => ({
    field: optionNames[String(issue.path[0])] ?? String(issue.path[0]),
    message: numbers[String(issue.path[0])] ?? issue.message,
  }));
  throw new InputError("The search cannot be done as asked.", details);
}

/** What an option with a number takes. */
const numbers: Record<string, string> = {
  limit: "takes a whole number from 1 to 50",
  context: "takes a whole number from 0 to 3",
  maxTokens: "takes a whole number from 100 to 100000",
};

const optionNames: Record<string, string> = {
  limit: "--limit",
  integration: "--integration",
  minDate: "--min-date",
  maxDate: "--max-date",
  entities: "--entity",
  context: "--context",
  maxTokens: "--max-tokens",
};
