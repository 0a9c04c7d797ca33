/** Rich text objects of the API as enhanced markdown, so that content takes one way to GFM whatever it came by. */
import { z } from "zod";
import { pageAddress, plainId } from "../markdown/context";
import type { RichText } from "../models/objects";

export function richTextToEnhanced(items: readonly RichText[]): string {
  return items.map(oneToEnhanced).join("");
}

/** The words alone. */
export function plainText(items: readonly RichText[]): string {
  return items.map((item) => item.plain_text).join("");
}

/** Backslashes before what enhanced markdown would take for markup. */
export function escapeEnhanced(text: string): string {
  return text.replaceAll(/[\\*~`$[\]<>{}|^]/g, "\\$&").replaceAll(/\r\n?|\n/g, "<br>");
}

function oneToEnhanced(item: RichText): string {
  if (item.equation !== undefined) return `$\`${item.equation.expression}\`$`;
  if (item.mention !== undefined) return mentionToEnhanced(item);
  const { annotations: marks = {}, plain_text: text } = item;
  if (text.trim() === "") return escapeEnhanced(text);
  // Marks next to a blank would not count as marks.
  const words = text.trim();
  const at = text.indexOf(words);
  const [before, after] = [text.slice(0, at), text.slice(at + words.length)];
  let made = marks.code === true ? inCode(words) : escapeEnhanced(words);
  if (marks.bold === true) made = `**${made}**`;
  if (marks.italic === true) made = `*${made}*`;
  if (marks.strikethrough === true) made = `~~${made}~~`;
  if (typeof item.href === "string" && item.href !== "")
    made = `[${made}](${item.href.replaceAll(/[\s()]/g, encodeURIComponent)})`;
  return `${escapeEnhanced(before)}${made}${escapeEnhanced(after)}`;
}

function inCode(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const gap = /^`|`$/.test(text) ? " " : "";
  return `${fence}${gap}${text.replaceAll("\n", " ")}${gap}${fence}`;
}

const idSchema = z.looseObject({ id: z.string() });
const dateSchema = z.looseObject({
  start: z.string(),
  end: z.string().nullish(),
  time_zone: z.string().nullish(),
});
const linkSchema = z.looseObject({
  url: z.string().optional(),
  href: z.string().optional(),
  title: z.string().nullish(),
});

/** Mentions of what has an id: the tag's name, and the address that Notion writes for it. */
const tags: Record<string, [tag: string, address: (id: string) => string]> = {
  user: ["user", (id) => `user://${plainId(id)}`],
  agent: ["agent", (id) => `user://${plainId(id)}`],
  page: ["page", pageAddress],
  database: ["database", pageAddress],
  data_source: ["data-source", (id) => `collection://${plainId(id)}`],
};

function mentionToEnhanced({ mention, plain_text: text, href }: RichText): string {
  const type = mention?.type ?? "";
  const value: unknown = mention?.[type];
  const target = idSchema.safeParse(value);
  const [tag, address] = tags[type] ?? [];
  if (tag !== undefined && address !== undefined && target.success) {
    const label = escapeEnhanced(text.replace(/^@/, ""));
    return `<mention-${tag} url="${address(target.data.id)}">${label}</mention-${tag}>`;
  }
  // `:name:`; its picture's address expires.
  if (type === "custom_emoji") return escapeEnhanced(text);
  const date = dateSchema.safeParse(value);
  if (type === "date" && date.success) {
    const { start, end, time_zone: zone } = date.data;
    const rest = [end ? ` end="${end}"` : "", zone ? ` timeZone="${zone}"` : ""].join("");
    return `<mention-date start="${start}"${rest}/>`;
  }
  const link = linkSchema.safeParse(value);
  const url = (link.success ? (link.data.url ?? link.data.href) : undefined) ?? href ?? "";
  const label = escapeEnhanced((link.success ? link.data.title : undefined) ?? text);
  return url === ""
    ? label
    : `[${label || escapeEnhanced(url)}](${url.replaceAll(/[\s()]/g, encodeURIComponent)})`;
}
