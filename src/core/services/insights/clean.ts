import type { Insights } from "@/core/models/artifact";
import { plainLine, safeEnd } from "@/lib/clean-text";
import { LIMITS } from "./types";

/**
 * Insights fit to be stored, whoever made them: one line each, no control or invisible characters, none empty, none
 * twice (case apart), within the limits of number and length.
 */
export function cleanInsights(insights: Insights): Insights {
  return {
    keyPoints: cleanList(insights.keyPoints, LIMITS.keyPoints, LIMITS.keyPointLength),
    questionsAnswered: cleanList(insights.questionsAnswered, LIMITS.questions, LIMITS.questionLength),
    entities: cleanList(insights.entities, LIMITS.entities, LIMITS.entityLength),
  };
}

function cleanList(list: readonly string[], count: number, length: number): string[] {
  const found = new Map<string, string>();
  for (const entry of list) {
    if (found.size >= count) break;
    const text = lineOf(entry, length);
    const key = text.toLowerCase();
    if (text !== "" && !found.has(key)) found.set(key, text);
  }
  return [...found.values()];
}

/** One visible line, cut at a space where it is too long. */
function lineOf(text: string, length: number): string {
  const line = plainLine(text.slice(0, length * 4), length * 4);
  if (line.length <= length) return line;
  const head = line.slice(0, safeEnd(line, length));
  const space = head.lastIndexOf(" ");
  return (space > length * 0.6 ? head.slice(0, space) : head).trim();
}
