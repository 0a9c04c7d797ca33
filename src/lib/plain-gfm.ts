/**
 * People's own GitHub-flavoured markdown without the HTML that may stand in it: comments go, images and links become
 * markdown, other known tags go and leave their text. Code stays as it is; a fence that was left open is closed.
 */
import { cleanText, visibleText } from "./clean-text";
import { tidyMarkdown } from "./tidy-markdown";

/** Changes the address of a link or image, e.g. makes it absolute. */
export type Readdress = (address: string) => string;

export function plainGfm(text: string, readdress: Readdress = (address) => address): string {
  const parts: string[] = [];
  let prose: string[] = [];
  let fence = "";
  const flush = () => {
    if (prose.length > 0) parts.push(plainProse(prose.join("\n"), readdress));
    prose = [];
  };
  for (const line of visibleText(cleanText(text)).split("\n")) {
    const mark = /^ {0,3}(?:[-*+>] ?| {1,3}|\d{1,9}[.)] ?){0,4}(`{3,}|~{3,})([^`]*)$/.exec(line);
    if (fence !== "") {
      parts.push(line);
      if (mark?.[1]?.startsWith(fence) === true && mark[2]?.trim() === "") fence = "";
    } else if (mark?.[1] !== undefined) {
      flush();
      fence = mark[1];
      parts.push(line);
    } else prose.push(line);
  }
  flush();
  if (fence !== "") parts.push(fence);
  return tidyMarkdown(parts.join("\n"));
}

function plainProse(text: string, readdress: Readdress): string {
  return (
    withoutComments(text)
      // Begun within a run of backticks as well, it would take the square of the run's length.
      .split(/((?<!`)`+[^`\n]+`+)/)
      .map((piece, index) => (index % 2 === 1 ? piece : plainPiece(piece, readdress)))
      .join("")
      .replaceAll(/\n(?:[ \t]*\n){2,}/g, "\n\n")
  );
}

/** HTML comments hide what templates say to their authors; one that never ends hides the rest, as GitHub shows it. */
function withoutComments(text: string): string {
  let kept = "";
  for (let at = 0; ;) {
    const start = text.indexOf("<!--", at);
    if (start < 0) return kept + text.slice(at);
    kept += text.slice(at, start);
    const end = text.indexOf("-->", start + 4);
    if (end < 0) return kept;
    at = end + 3;
  }
}

const known =
  /<\/?(?:a|abbr|article|aside|b|big|blockquote|body|br|button|canvas|center|cite|code|col|colgroup|dd|del|details|dfn|div|dl|dt|em|embed|figcaption|figure|font|footer|form|frame|g|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|li|link|main|mark|meta|nav|object|ol|p|param|path|picture|pre|q|s|samp|script|section|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|textarea|tfoot|th|thead|title|tr|tt|u|ul|var|video|audio|wbr)(?=[\s/>])[^<>]*>/gi;

/** What takes the place of an opening and of a closing tag; of others only the text stays. */
const shown: Readonly<Record<string, readonly [open: string, close: string]>> = {
  ...{ br: ["\n", "\n"], hr: ["\n\n---\n\n", ""], li: ["\n- ", ""], td: ["", " "], th: ["", " "] },
  ...{ b: ["**", "**"], strong: ["**", "**"], summary: ["**", "**"], i: ["*", "*"], em: ["*", "*"] },
  ...Object.fromEntries(
    [1, 2, 3, 4, 5, 6].map((level) => [`h${level}`, [`\n\n${"#".repeat(level)} `, "\n\n"]]),
  ),
  ...Object.fromEntries(
    ["p", "div", "tr", "ul", "ol", "details", "table", "blockquote"].map((name) => [name, ["\n\n", "\n\n"]]),
  ),
};

function plainPiece(text: string, readdress: Readdress): string {
  let link: string | undefined;
  const plain = (tag: string) => {
    const name = /^<\/?([a-z0-9]+)/i.exec(tag)?.[1]?.toLowerCase() ?? "";
    const closes = tag.startsWith("</");
    if (name === "img") return image(tag);
    if (name !== "a") return shown[name]?.[closes ? 1 : 0] ?? "";
    const target = link;
    link = closes ? undefined : address(tag, "href");
    if (closes) return target === undefined ? "" : `](${target})`;
    return link === undefined ? "" : "[";
  };
  return text
    .replaceAll(known, plain)
    .replaceAll(/\]\(([^()\s<>]{1,2000})(?=[)\s])/g, (_all, target: string) => `](${readdress(target)}`)
    .replaceAll(
      /^( {0,3}\[[^\]\n]{1,200}\]:[ \t]*)(\S+)/gm,
      (_all, name: string, target: string) => name + readdress(target),
    );
}

function image(tag: string): string {
  const source = address(tag, "src");
  const alt = attribute(tag, "alt")?.replaceAll(/[[\]\n]/g, " ") ?? "";
  return source === undefined ? alt : `![${alt}](${source})`;
}

/** An address that markdown can hold: characters that would end it are escaped. */
function address(tag: string, name: string): string | undefined {
  return attribute(tag, name)?.replaceAll(/[\s()<>]/g, (one) => `%${Buffer.from(one).toString("hex")}`);
}

function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, "i").exec(tag);
  const value = (found?.[1] ?? found?.[2] ?? found?.[3])?.trim();
  return value === "" ? undefined : value;
}
