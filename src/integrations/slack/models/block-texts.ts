/** The texts of a Block Kit block in reading order, as mrkdwn (https://docs.slack.dev/reference/block-kit). */
import { z } from "zod";

const DEEPEST = 8;
const inside = [
  ..."text title subtitle body alt_text fields elements child_blocks tasks details output".split(" "),
  ...["accessory", "options"],
];
const INDENT = "    ";

type Fields = ReadonlyMap<string, unknown>;
const styleSchema = z.object({
  bold: z.boolean().optional(),
  italic: z.boolean().optional(),
  strike: z.boolean().optional(),
  code: z.boolean().optional(),
});

/** One entry for each paragraph; a text that was taken out before stays as it is. */
export function blockTexts(block: unknown, depth = 0): string[] {
  if (typeof block === "string") return block === "" ? [] : [block];
  if (depth > DEEPEST || block === null || typeof block !== "object") return [];
  if (Array.isArray(block)) return block.flatMap((one) => blockTexts(one, depth + 1));
  const fields = new Map<string, unknown>(Object.entries(block));
  const type = String(fields.get("type"));
  const shown = KINDS[type];
  if (shown !== undefined) return [shown(fields, depth)].filter((text) => text !== "");
  return inside.flatMap((name) => blockTexts(fields.get(name), depth + 1));
}

/** The tables among blocks: a message's text, and an attachment's, say nothing of them. */
export function tablesOf(blocks: readonly string[]): string[] {
  return blocks.filter((text) => text.startsWith("| ") && text.includes("\n| --- |"));
}

const textOf = (fields: Fields, name: string) => {
  const value = fields.get(name);
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
};

/** Pieces of one paragraph, each with its own style. */
const joined = (fields: Fields, depth: number) => blockTexts(fields.get("elements"), depth + 1).join("");

const KINDS: Readonly<Record<string, (fields: Fields, depth: number) => string>> = {
  rich_text_section: joined,
  rich_text_preformatted: (fields, depth) => `\`\`\`\n${joined(fields, depth)}\n\`\`\``,
  rich_text_quote: (fields, depth) => joined(fields, depth).replaceAll(/^/gm, "&gt; "),
  rich_text_list: list,
  text: (fields) => styled(textOf(fields, "text"), fields),
  link: (fields) => {
    const text = textOf(fields, "text");
    return styled(`<${textOf(fields, "url")}${text === "" ? "" : `|${text}`}>`, fields);
  },
  user: (fields) => `<@${textOf(fields, "user_id")}>`,
  channel: (fields) => `<#${textOf(fields, "channel_id")}>`,
  usergroup: (fields) => `<!subteam^${textOf(fields, "usergroup_id")}>`,
  broadcast: (fields) => `<!${textOf(fields, "range")}>`,
  date: (fields) => textOf(fields, "fallback"),
  color: (fields) => textOf(fields, "value"),
  raw_number: (fields) => textOf(fields, "text") || textOf(fields, "value"),
  emoji: (fields) => `:${textOf(fields, "name")}:`,
  table,
  data_table: table,
};

/** As Slack writes lists into a message's text. */
function list(fields: Fields, depth: number): string {
  const { indent, style } = z
    .object({ indent: z.number().catch(0), style: z.string().catch("") })
    .parse(Object.fromEntries(fields));
  const before = INDENT.repeat(Math.min(DEEPEST, Math.max(0, indent)));
  const items = z.array(z.unknown()).safeParse(fields.get("elements")).data ?? [];
  const mark = (index: number) => (style === "ordered" ? `${index + 1}.` : "•");
  return items
    .map((item, index) => `${before}${mark(index)} ${blockTexts(item, depth + 1).join(" ")}`)
    .join("\n");
}

/** A table as markdown has them; its first row is its head. */
function table(fields: Fields, depth: number): string {
  const rows = z.array(z.array(z.unknown())).safeParse(fields.get("rows")).data ?? [];
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (width === 0) return "";
  const lines = rows.map((row) => {
    const cells = Array.from({ length: width }, (_, column) => cellOf(row[column], depth));
    return `| ${cells.join(" | ")} |`;
  });
  return [lines[0], `|${" --- |".repeat(width)}`, ...lines.slice(1)].join("\n");
}

function cellOf(cell: unknown, depth: number): string {
  const text = blockTexts(cell, depth + 1).join(" ");
  // A bar between an address and its words is Slack's own.
  return text
    .replaceAll(/\s+/g, " ")
    .replaceAll(/<[^<>]*>|\|/g, (part) => (part === "|" ? "\\|" : part))
    .trim();
}

function styled(text: string, fields: Fields): string {
  const style = styleSchema.safeParse(fields.get("style")).data ?? {};
  const [, before = "", core = "", after = ""] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? [];
  if (core === "" || core.includes("\n")) return text;
  if (style.code) return `${before}\`${core}\`${after}`;
  let shown = core;
  if (style.strike) shown = `~${shown}~`;
  if (style.italic) shown = `_${shown}_`;
  if (style.bold) shown = `*${shown}*`;
  return `${before}${shown}${after}`;
}
