/** One block of the API as enhanced markdown: all types of the API, and those it does not know yet. */
import { z } from "zod";
import { pageAddress } from "../markdown/context";
import { type ApiBlock, richTextSchema } from "../models/objects";
import { escapeEnhanced, plainText, richTextToEnhanced } from "./rich-text";

/** A block's own lines: `open`, then its children one tab deeper where `nests`, then `close`. */
export interface BlockLines {
  open: string[];
  close?: string;
  /** False: its children follow at its own depth, or belong to another item. */
  nests?: boolean;
}

const contentSchema = z.looseObject({
  rich_text: z.array(richTextSchema).default([]),
  caption: z.array(richTextSchema).default([]),
  title: z.union([z.string(), z.array(richTextSchema)]).optional(),
  url: z.string().nullish(),
  name: z.string().nullish(),
  language: z.string().optional(),
  expression: z.string().optional(),
  checked: z.boolean().optional(),
  list_start_index: z.number().optional(),
  is_toggleable: z.boolean().optional(),
  block_type: z.string().optional(),
  icon: z.looseObject({ type: z.string(), emoji: z.string().optional() }).nullish(),
  file: z.looseObject({ url: z.string() }).nullish(),
  external: z.looseObject({ url: z.string() }).nullish(),
  page_id: z.string().optional(),
  database_id: z.string().optional(),
});
type Content = z.infer<typeof contentSchema>;

const media = new Set(["image", "video", "audio", "file", "pdf"]);
const containers: Record<string, string> = {
  column_list: "columns",
  column: "column",
  tab: "tabs",
  synced_block: "synced_block",
};
const nothing = new Set(["breadcrumb", "table_of_contents"]);

export function blockLines(block: ApiBlock, numberInList: number): BlockLines {
  const { type, id } = block;
  const content = contentOf(block);
  const words = richTextToEnhanced(content.rich_text);
  const url = pageAddress(id);
  const heading = /^heading_([1-4])$/.exec(type)?.[1];
  if (heading !== undefined) {
    const toggle = content.is_toggleable === true ? ' {toggle="true"}' : "";
    return { open: [`${"#".repeat(Number(heading))} ${words}${toggle}`], nests: true };
  }
  if (media.has(type)) return { open: [mediaTag(type, content)] };
  const tag = containers[type];
  if (tag !== undefined) return { open: [`<${tag}>`], close: `</${tag}>`, nests: true };
  if (nothing.has(type)) return { open: [] };
  return textLines(type, content, words, numberInList) ?? objectLines(type, content, url);
}

/** Blocks that are a line or more of text, with others below them. */
function textLines(
  type: string,
  content: Content,
  words: string,
  numberInList: number,
): BlockLines | undefined {
  switch (type) {
    case "paragraph":
    case "template":
      return { open: words === "" ? [] : [lineStart(words)], nests: true };
    case "bulleted_list_item":
      return { open: [`- ${words}`], nests: true };
    case "numbered_list_item":
      return { open: [`${numberInList}. ${words}`], nests: true };
    case "to_do":
      return { open: [`- [${content.checked === true ? "x" : " "}] ${words}`], nests: true };
    case "quote":
      return { open: [`> ${words}`], nests: true };
    case "toggle":
      return { open: ["<details>", `<summary>${words}</summary>`], close: "</details>", nests: true };
    case "callout":
      return {
        open: [`<callout${attribute("icon", content.icon?.emoji)}>`, ...(words === "" ? [] : [`\t${words}`])],
        close: "</callout>",
        nests: true,
      };
    default:
      return undefined;
  }
}

/** Blocks that show one thing, and those that nobody knows yet. */
function objectLines(type: string, content: Content, url: string): BlockLines {
  switch (type) {
    case "divider":
      return { open: ["---"] };
    case "equation":
      return { open: ["$$", ...(content.expression ?? "").split("\n"), "$$"] };
    case "code":
      return { open: codeLines(content) };
    case "child_page":
      return { open: [`<page url="${url}">${titleOf(content)}</page>`] };
    case "child_database":
      return { open: [`<database url="${url}">${titleOf(content)}</database>`] };
    case "link_to_page":
      return { open: linkToPage(content) };
    case "embed":
    case "bookmark":
    case "link_preview":
      return {
        open: [`<${type}${attribute("url", content.url)}>${richTextToEnhanced(content.caption)}</${type}>`],
      };
    case "meeting_notes":
    case "transcription":
      return { open: ["<meeting-notes>", `\t${titleOf(content)}`], close: "</meeting-notes>", nests: true };
    default:
      return { open: [unknownTag(url, content.block_type ?? type)] };
  }
}

export function contentOf(block: ApiBlock): Content {
  const parsed = contentSchema.safeParse(block[block.type] ?? {});
  return parsed.success ? parsed.data : contentSchema.parse({});
}

/** A note in the place of what cannot be read. */
export function unknownTag(url: string, what: string): string {
  return `<unknown url="${url}"${attribute("alt", what)}/>`;
}

function attribute(name: string, value: string | null | undefined): string {
  if (value === undefined || value === null || value === "") return "";
  return ` ${name}="${value.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll(/\s+/g, " ")}"`;
}

function titleOf({ title }: Content): string {
  return title === undefined ? "" : escapeEnhanced(typeof title === "string" ? title : plainText(title));
}

/** A paragraph that begins like a heading or an item is none, and one that begins with a tab stands no deeper. */
function lineStart(words: string): string {
  return words
    .trimStart()
    .replace(/^(#{1,6} |[-+] |---)/, "\\$1")
    .replace(/^▶/, "<span>▶</span>")
    .replace(/^(\d+)\. /, "$1\\. ");
}

function mediaTag(type: string, content: Content): string {
  const url = content.external?.url ?? content.file?.url ?? content.url ?? "";
  return `<${type}${attribute("source", url)}${attribute("name", content.name)}>${richTextToEnhanced(content.caption)}</${type}>`;
}

function codeLines({ rich_text, language = "", caption }: Content): string[] {
  const body = plainText(rich_text);
  const longest = Math.max(2, ...[...body.matchAll(/`{3,}/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const below = richTextToEnhanced(caption);
  return [`${fence}${language}`, ...body.split("\n"), fence, ...(below === "" ? [] : [below])];
}

function linkToPage({ page_id: page, database_id: database }: Content): string[] {
  const id = page ?? database;
  const kind = page === undefined ? "database" : "page";
  return id === undefined ? [] : [`<mention-${kind} url="${pageAddress(id)}"/>`];
}
