import type { JsonValue } from "@/core/models/artifact";

type Fields = Record<string, JsonValue>;

const TITLES = ["title", "name", "subject", "headline", "heading"];
const BODIES = ["text", "body", "content", "markdown", "description", "message", "summary"];
const AUTHORS = ["author", "user", "from", "sender", "username", "speaker", "role", "name"];
const TIMES = ["timestamp", "ts", "time", "date", "datetime", "created_at", "createdAt", "sent_at", "sentAt"];
const MOST_FIELDS = 50;

/** A message of a conversation: who, when, what. */
export interface Message {
  author: string | undefined;
  time: string | undefined;
  text: string;
}

export function isFields(value: JsonValue | undefined): value is Fields {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** The first of the named fields with a text in it. */
function pick(fields: Fields, names: readonly string[]): { name: string; text: string } | undefined {
  for (const name of names) {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    const text = typeof value === "string" ? value.trim() : "";
    if (text !== "") return { name, text };
  }
  return undefined;
}

/** An object with a title or a text as a section with its other plain fields in a list; undefined for other objects. */
export function recordSection(
  fields: Fields,
  level: number,
): { title?: string; markdown: string } | undefined {
  const title = pick(fields, TITLES);
  const body = pick(fields, BODIES);
  if (title === undefined || body === undefined) return undefined;
  const others = Object.entries(fields)
    .filter(([name]) => name !== title.name && name !== body.name)
    .map(([name, value]) => [name, plain(value)] as const)
    .filter(([, value]) => value !== "")
    .slice(0, MOST_FIELDS)
    .map(([name, value]) => `- **${oneLine(name)}:** ${value}`);
  const parts = [`${"#".repeat(level)} ${oneLine(title.text)}`, others.join("\n"), body.text];
  return { title: title.text, markdown: parts.filter((part) => part !== "").join("\n\n") };
}

/** The message in an object that has a text and an author or a time; undefined for other objects. */
export function messageIn(fields: Fields): Message | undefined {
  const text = pick(fields, BODIES)?.text ?? contentParts(fields["content"]);
  if (text === undefined) return undefined;
  const author = pick(fields, AUTHORS)?.text ?? nameIn(fields["user"]) ?? nameIn(fields["author"]);
  const time = TIMES.map((name) => plain(fields[name] ?? null)).find((value) => value !== "");
  return author === undefined && time === undefined ? undefined : { author, time, text };
}

/** One message as a block: bold author, time, then the text. */
export function messageBlock({ author, time, text }: Message): string {
  const who = author === undefined ? "" : `**${oneLine(author)}**`;
  return `${[who, time === undefined ? "" : `(${time})`].filter((part) => part !== "").join(" ")}\n\n${text}`;
}

/** `content: [{type: "text", text: "…"}]`, as chat logs of language models have it. */
function contentParts(value: JsonValue | undefined): string | undefined {
  if (!Array.isArray(value)) return undefined;
  const texts = value.map((part) => (isFields(part) && typeof part["text"] === "string" ? part["text"] : ""));
  const text = texts.filter((part) => part !== "").join("\n\n");
  return text === "" ? undefined : text;
}

function nameIn(value: JsonValue | undefined): string | undefined {
  return isFields(value) ? pick(value, ["name", "displayName", "username", "login"])?.text : undefined;
}

/** A scalar, or a list of scalars, on one line; empty for anything else. */
function plain(value: JsonValue): string {
  if (Array.isArray(value)) {
    return value.every((part) => part === null || typeof part !== "object")
      ? value.map(plain).join(", ")
      : "";
  }
  return value === null || typeof value === "object" ? "" : oneLine(String(value));
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim().slice(0, 500).toWellFormed();
}
