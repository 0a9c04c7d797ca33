/** The one place where answers become MCP results, so that a change of the protocol's result shape stays here. */
import type { CallToolResult } from "@modelcontextprotocol/server";
import { storageErrorOf } from "@/core/db/storage-error";
import { InputError, messageOf, StoneturnerError } from "@/core/models/errors";
import type { Logger } from "@/core/models/logger";
import { clip, visibleText } from "@/lib/clean-text";

/** Longest text of any result, in characters: above about 50,000 clients cut it or put it aside. */
export const MAX_RESULT_CHARACTERS = 45_000;
/** Longest text of an error: the tables that may be read, and the columns of one, are named in some. */
const longestFailure = 6_000;

/** An object as a result: the same in text and in `structuredContent`, since clients show the model only one. */
export function structuredResult(value: Record<string, unknown>): CallToolResult {
  const text = JSON.stringify(value);
  if (text.length > MAX_RESULT_CHARACTERS) {
    return failure(
      `The answer has ${text.length} characters, and ${MAX_RESULT_CHARACTERS} is the most. Ask for less at once.`,
    );
  }
  // Parsed again, so that what has no JSON (undefined fields) is left out of both.
  const structuredContent: Record<string, unknown> = JSON.parse(text);
  return { content: [{ type: "text", text }], structuredContent };
}

/** Long text, and nothing beside it. */
export function textResult(text: string): CallToolResult {
  return { content: [{ type: "text", text: text.slice(0, MAX_RESULT_CHARACTERS) }] };
}

/**
 * What went wrong, as a result that the agent can act on. Errors of the program's own say it in their own words;
 * anything else goes to the log alone, since it may carry paths, SQL or tokens.
 */
export function errorResult(thrown: unknown, log: Logger): CallToolResult {
  const storage = storageErrorOf(thrown, "caller");
  const error = storage ?? thrown;
  if (storage !== undefined || !(error instanceof StoneturnerError))
    log.error("An MCP tool failed.", { error: thrown });
  if (!(error instanceof StoneturnerError)) {
    return failure(
      "Something went wrong inside Stoneturner. Its log has the details; try again, or ask differently.",
    );
  }
  const details = error instanceof InputError ? error.details : [];
  const lines = details
    .filter(({ message }) => !error.explanation.includes(message))
    .map(({ field, message }) => `- ${field}: ${message}`);
  return failure([messageOf(error), ...lines].join("\n"));
}

function failure(message: string): CallToolResult {
  const visible = visibleText(message);
  const excess = visible.length - longestFailure;
  // An error repeats what was asked for, which may be long; what to do next stands at its end.
  const text = excess > 0 ? `${clip(visible, 500)}${visible.slice(500 + excess)}` : visible;
  return { content: [{ type: "text", text: text.toWellFormed() }], isError: true };
}

/** As many leading `items` as fit into `budget` characters of JSON, at least one. */
export function fitting<Item>(items: readonly Item[], budget: number): Item[] {
  let used = 0;
  const count = items.findIndex((item, index) => {
    used += JSON.stringify(item).length + 1;
    return index > 0 && used > budget;
  });
  return count === -1 ? [...items] : items.slice(0, count);
}
