import type { Insights } from "@/core/models/artifact";
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
    const text = cleanText(entry, length);
    const key = text.toLowerCase();
    if (text !== "" && !found.has(key)) found.set(key, text);
  }
  return [...found.values()];
}

function cleanText(text: string, length: number): string {
  const line = text
    .slice(0, length * 4)
    .toWellFormed()
    // Control characters, direction overrides and zero-width marks; joiners stay, emoji and Indic scripts need them.
    .replace(/[\p{Cc}\u2028\u2029\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  if (line.length <= length) return line;
  const head = line.slice(0, length).replace(/[\uD800-\uDBFF]$/, "");
  const space = head.lastIndexOf(" ");
  return (space > length * 0.6 ? head.slice(0, space) : head).trim();
}
