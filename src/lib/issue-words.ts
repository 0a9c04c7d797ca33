/** Plain words for what zod finds wrong, to stand behind the name of a field. */
import type { z } from "zod";

type Issue = z.core.$ZodIssue;

/** What a value that did not fit should have been: `takes at most 50`, `is missing; it takes text`. */
export function issueWords(issue: Issue): string {
  if (issue.code === "invalid_type") {
    const takes = `takes ${nameOfType(issue.expected)}`;
    return issue.message.endsWith("received undefined") ? `is missing; it ${takes}` : takes;
  }
  if (issue.code === "invalid_value") return `takes one of ${issue.values.map(String).join(", ")}`;
  if (issue.code === "too_small") return `takes at least ${issue.minimum}${unitOf(issue.origin)}`;
  if (issue.code === "too_big") return `takes at most ${issue.maximum}${unitOf(issue.origin)}`;
  if (issue.code === "invalid_format" && issue.format === "datetime")
    return "takes an ISO-8601 time in UTC such as 2026-05-01T09:00:00Z";
  if (issue.code === "invalid_union") return takesAnyOf(issue.errors);
  return issue.message;
}

function takesAnyOf(branches: readonly (readonly Issue[])[]): string {
  const words = branches.flat().map((issue) => issueWords(issue).replace(/^takes /, ""));
  return words.length === 0 ? "takes something else" : `takes ${[...new Set(words)].join(" or ")}`;
}

const typeNames: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

function nameOfType(expected: string): string {
  return typeNames[expected] ?? expected;
}

function unitOf(origin: string): string {
  if (origin === "string") return " character(s)";
  return origin === "array" || origin === "set" ? " entries" : "";
}
