import { parse } from "yaml";
import { z } from "zod";
import type { JsonValue } from "@/core/models/artifact";

const MAX_FRONT_MATTER = 64_000;
const MOST_DEEP = 20;
const fieldsSchema = z.record(z.string(), z.json());

export interface FrontMatter {
  fields: Record<string, JsonValue>;
  /** The text after the front matter. */
  body: string;
  /** 1-based line of the file on which `body` begins. */
  bodyStartsAtLine: number;
}

/**
 * Splits YAML front matter off a markdown text. Undefined when there is none, and `"unreadable"` when there is a
 * block that is no YAML mapping: the caller then keeps the text as it is.
 */
export function splitFrontMatter(text: string): FrontMatter | "unreadable" | undefined {
  const block = /---[ \t]*\n([\s\S]*?)^(?:---|\.\.\.)[ \t]*$\n?/my.exec(text.slice(0, MAX_FRONT_MATTER));
  if (block?.[1] === undefined) return undefined;
  const fields = readFields(block[1]);
  // A text that begins with a rule (`---`) has prose in it, and prose is no mapping.
  if (fields === undefined) return /^[\w-]+:/m.test(block[1]) ? "unreadable" : undefined;
  const rest = text.slice(block[0].length);
  const blank = /^(?:[ \t]*\n)*/.exec(rest)?.[0] ?? "";
  const before = block[0] + blank;
  return { fields, body: rest.slice(blank.length), bodyStartsAtLine: before.split("\n").length };
}

function readFields(yaml: string): Record<string, JsonValue> | undefined {
  // Nobody nests front matter; the parser's time grows with the square of the depth.
  if (deepestBrackets(yaml) > MOST_DEEP || /(?:[-?] ){20}/.test(yaml)) return undefined;
  try {
    // Few aliases, so that a small file cannot unfold into a huge one.
    const value: unknown = parse(yaml, { maxAliasCount: 20, logLevel: "error" });
    const plain: unknown = JSON.parse(JSON.stringify(value ?? {}));
    const fields = fieldsSchema.safeParse(plain);
    return fields.success ? fields.data : undefined;
  } catch {
    return undefined; // Not YAML; the caller shows the block as it stands.
  }
}

/** How many brackets of any kind are open at once, at most; those within texts count as well. */
function deepestBrackets(yaml: string): number {
  let [depth, deepest] = [0, 0];
  for (const character of yaml) {
    if (character === "[" || character === "{") deepest = Math.max(deepest, ++depth);
    else if (character === "]" || character === "}") depth = Math.max(0, depth - 1);
  }
  return deepest;
}

/** The first of `names` that holds a text (or number), else undefined. Names are matched without regard to case. */
export function textField(fields: Record<string, JsonValue>, ...names: string[]): string | undefined {
  for (const name of names) {
    for (const [key, value] of Object.entries(fields)) {
      if (key.toLowerCase() !== name) continue;
      const text = Array.isArray(value) ? value.map(asText).filter(Boolean).join(", ") : asText(value).trim();
      if (text !== "") return text;
    }
  }
  return undefined;
}

/** Texts of a list field, from a YAML list or from words between commas. */
export function listField(fields: Record<string, JsonValue>, ...names: string[]): string[] {
  return (textField(fields, ...names) ?? "")
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

function asText(value: JsonValue): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  // `author: {name: Ada}` is common.
  if (value !== null && typeof value === "object" && !Array.isArray(value)) {
    return typeof value["name"] === "string" ? value["name"] : "";
  }
  return "";
}
