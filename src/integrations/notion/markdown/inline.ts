/** Text within a line: Notion's escapes, mentions, maths and spans become plain GFM. */
import { escapeInline, escapeMarkdown } from "@/lib/escape-markdown";
import { encodeForLink, fileName, idIn, lastingUrl, type RenderContext } from "./context";
import { mention } from "./mention";
import { attributesOf } from "./tags";

/** A longer line is no prose; looking for markup in it could take for ever. */
const LONGEST_LINE = 200_000;
const URL_PART = String.raw`((?:[^()\s\\]|\\.|\([^()\s]{0,2000}\)){0,2000})`;

type Piece = { text: string } | { markup: string };
type Rule = [RegExp, (match: RegExpExecArray, context: RenderContext) => Piece];

const rules: Rule[] = [
  [/\\([!-/:-@[-`{-~])/y, ([, character = ""]) => ({ text: character })],
  [/(`{1,20})(?!`)([^\n]{1,1000}?)(?<!`)\1(?!`)/y, ([whole]) => ({ markup: whole })],
  [/\$`([^`\n]{1,5000})`\$/y, ([, formula = ""]) => ({ markup: `$${formula.trim()}$` })],
  [/\$(?=[^\s$])([^$\n]{0,2000}[^\s\\$])?\$(?!\d)/y, ([whole]) => ({ markup: whole })],
  [/<br\s*\/?>/iy, () => ({ markup: "\n" })],
  [
    /<mention-([a-z-]+)((?:\s[^<>]{0,500}?)?)(?:\/>|>([\s\S]{0,2000}?)<\/mention-\1>)/iy,
    ([, kind = "", attributes = "", label = ""], context) =>
      mention(kind, attributesOf(attributes), plainInline(label, context), context),
  ],
  [
    /\[\^([^[\]\s]{1,2000})\]/y,
    ([, url = ""], context) => ({ markup: ` ([source](${lastingUrl(url, context)}))` }),
  ],
  [
    new RegExp(String.raw`!\[((?:\\.|[^[\]\\]){0,1000})\]\(${URL_PART}\)`, "y"),
    ([, caption = "", url = ""], context) => ({ markup: image(inlineToGfm(caption, context), url, context) }),
  ],
  [
    new RegExp(String.raw`\[((?:\\.|[^[\]\\]){0,1000})\]\(${URL_PART}\)`, "y"),
    ([, label = "", url = ""], context) => ({
      markup: `[${withoutLinks(inlineToGfm(label, context))}](${encodeForLink(lastingUrl(unescaped(url), context))})`,
    }),
  ],
  [/\*{1,3}|~~/y, ([mark]) => ({ markup: mark })],
  [/<\/?[a-z][a-z0-9_-]*(?:\s[^<>]{0,2000})?\/?>/iy, () => ({ markup: "" })],
  [/[^\\`$<![*~]{1,10000}|`+|[\s\S]/y, ([text]) => ({ text })],
];

/** One line's text as GFM. Line breaks inside of it are `\n`: the caller knows what may stand there. */
export function inlineToGfm(source: string, context: RenderContext): string {
  if (source.length > LONGEST_LINE) return escapeMarkdown(source, { atLineStart: true, inTableCell: false });
  let made = "";
  let text = "";
  const flush = () => {
    const atLineStart = made === "" || made.endsWith("\n");
    made += escapeMarkdown(text, { atLineStart, inTableCell: false });
    text = "";
  };
  for (let at = 0; at < source.length;) {
    const [piece, length] = pieceAt(source, at, context);
    at += length;
    if ("text" in piece) text += piece.text;
    else {
      flush();
      made += piece.markup;
    }
  }
  flush();
  return made;
}

/** The same with the words of links alone: a link's own words hold no link. */
export function withoutLinks(markdown: string): string {
  return markdown.replaceAll(/!?\[((?:\\.|[^[\]\\]){0,2000})\]\([^()\s]{0,2000}\)/g, "$1");
}

/** The text without any markup, for titles and names. */
export function plainInline(source: string, context: RenderContext): string {
  return withoutLinks(inlineToGfm(source, context))
    .replaceAll(/\\(?=[!-/:-@[-`{-~])|\*{1,3}|~~/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}

function pieceAt(source: string, at: number, context: RenderContext): [Piece, number] {
  for (const [pattern, make] of rules) {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match !== null) return [make(match, context), match[0].length];
  }
  return [{ text: source.slice(at, at + 1) }, 1];
}

/** An image that anyone can load, else words that lead to the page it is on. */
export function image(caption: string, url: string, context: RenderContext): string {
  const lasting = lastingUrl(url, context);
  if (lasting === context.pageUrl || idIn(url) !== undefined) {
    return `[Image${caption === "" ? "" : `: ${caption}`}](${lasting})`;
  }
  return `![${caption || escapeInline(fileName(url))}](${lasting})`;
}

function unescaped(url: string): string {
  return url.replaceAll(/\\([!-/:-@[-`{-~])/g, "$1");
}
