import { z } from "zod";
import type { JsonValue } from "@/core/models/artifact";
import { fenced } from "@/lib/fence";
import { isFields, messageBlock, messageIn, recordSection } from "./record-markdown";
import type { TextReader } from "./reader";

/** Deeper JSON is shown as it is: indenting it would grow with the square of its depth. */
const MAX_DEPTH = 60;
const MOST_SHOWN = 200_000;
const jsonSchema = z.custom<JsonValue>((value) => value !== undefined);

/**
 * JSON for reading: objects with a title and a text become sections, the rest stays JSON, indented and fenced, at most
 * 200,000 characters of it. Broken JSON is shown as it is.
 */
export const readJson: TextReader = (_input, text) => {
  const value = parseJson(text);
  if (value === undefined) return { markdown: shown(text, "json"), kind: "document" };
  if (isFields(value)) {
    const section = recordSection(value, 1);
    if (section !== undefined) return { ...section, kind: "document" };
  }
  if (Array.isArray(value) && value.length > 0) {
    const sections = value.map((item) => (isFields(item) ? recordSection(item, 2)?.markdown : undefined));
    const known = sections.filter((section) => section !== undefined);
    if (known.length === value.length) {
      return { markdown: known.join("\n\n"), kind: "document", metadata: { records: value.length } };
    }
  }
  return { markdown: shown(JSON.stringify(value, null, 2), "json"), kind: "document" };
};

/** JSON a line: messages become one block each, records sections; lines that are neither stay as they are. */
export const readJsonLines: TextReader = (_input, text) => {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const blocks: string[] = [];
  let raw: string[] = [];
  const flush = () => {
    if (raw.length > 0) blocks.push(shown(raw.join("\n"), "json"));
    raw = [];
  };
  for (const line of lines) {
    const block = lineBlock(line);
    if (block === undefined) {
      raw.push(line);
      continue;
    }
    flush();
    blocks.push(block);
  }
  flush();
  return { markdown: blocks.join("\n\n"), kind: "document", metadata: { records: lines.length } };
};

function lineBlock(line: string): string | undefined {
  const value = parseJson(line);
  if (!isFields(value)) return undefined;
  const section = recordSection(value, 2);
  if (section !== undefined && !("role" in value)) return section.markdown;
  // Logs of chats with a model wrap the message: {type, message: {role, content}}.
  const message = messageIn(value) ?? (isFields(value["message"]) ? messageIn(value["message"]) : undefined);
  return message === undefined ? undefined : messageBlock(message);
}

/** The value, or undefined when the text is no JSON or nested too deep to show. */
function parseJson(text: string): JsonValue | undefined {
  if (text.trim() === "" || isDeep(text)) return undefined;
  try {
    return jsonSchema.parse(JSON.parse(text));
  } catch {
    return undefined; // No JSON: the caller shows the text as it is.
  }
}

/** Measures the nesting without recursion, before any parser sees it. */
function isDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (inString) {
      if (unit === 0x5c) index++;
      else if (unit === 0x22) inString = false;
    } else if (unit === 0x22) inString = true;
    else if (unit === 0x5b || unit === 0x7b) {
      if (++depth > MAX_DEPTH) return true;
    } else if (unit === 0x5d || unit === 0x7d) depth--;
  }
  return false;
}

function shown(text: string, language: string): string {
  if (text.trim() === "") return "";
  if (text.length <= MOST_SHOWN) return fenced(text, language);
  const end = text.lastIndexOf("\n", MOST_SHOWN);
  const part = text.slice(0, end > MOST_SHOWN / 2 ? end : MOST_SHOWN).toWellFormed();
  const [had, has] = [text.length, part.length].map((length) => length.toLocaleString("en-GB"));
  return `${fenced(part, language)}\n\n> **Cut here.** The text has ${had} characters; the first ${has} are shown.`;
}
