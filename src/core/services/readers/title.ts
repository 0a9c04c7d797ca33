import { atxHeading } from "@/lib/atx-heading";
import { nameOf } from "@/lib/file-names";

const MAX_TITLE = 300;

/**
 * Characters that have no place in a title: controls, zero-width and bidirectional marks (they make a title read
 * as something else), tag characters (they hide text) and the byte order mark.
 */
const UNSEEN =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]+/gu;

/** One line of at most 300 characters without unseen characters; empty when nothing is left. */
export function cleanTitle(text: string): string {
  // A title is never longer than this; cutting first keeps a hostile one cheap.
  const line = text
    .slice(0, MAX_TITLE * 20)
    .toWellFormed()
    .replaceAll(UNSEEN, " ")
    .replaceAll(/\s+/gu, " ")
    .trim();
  const characters = Array.from(line);
  if (characters.length <= MAX_TITLE) return line;
  return `${characters
    .slice(0, MAX_TITLE - 1)
    .join("")
    .trimEnd()}…`;
}

/** The first candidate that leaves a title after cleaning; the file's name at last. */
export function chooseTitle(path: string, ...candidates: (string | undefined)[]): string {
  for (const candidate of [...candidates, stemOf(path), nameOf(path)]) {
    const title = cleanTitle(candidate ?? "");
    if (title !== "") return title;
  }
  return "Untitled";
}

/** The file's name without its extension: `a/Q3 report.pdf` → `Q3 report`. */
function stemOf(path: string): string {
  const name = nameOf(path);
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(0, dot) : name;
}

/** Text of the first `# heading` outside code fences, as plain text; undefined when there is none. */
export function firstHeading(markdown: string): string | undefined {
  let fence = "";
  const lines = markdown.slice(0, 200_000).split("\n");
  for (const [index, line] of lines.entries()) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark !== undefined) {
      if (fence === "") fence = mark;
      else if (mark.startsWith(fence)) fence = "";
      continue;
    }
    if (fence !== "") continue;
    const heading = atxHeading(line);
    if (heading?.depth === 1) return plainText(heading.text);
    const underlined = /^=+\s*$/.test(lines[index + 1] ?? "") && /\S/.test(line);
    if (underlined) return plainText(line);
  }
  return undefined;
}

/** Takes inline markup off a heading: links keep their words, emphasis and code lose their marks. */
function plainText(heading: string): string {
  return heading
    .slice(0, 2_000)
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replaceAll(/(\*\*|__|`|~~)/g, "")
    .replaceAll(/(^|\s)[*_](\S[^*_]*)[*_](?=\s|$)/g, "$1$2")
    .replaceAll(/\\([!-/:-@[-`{-~])/g, "$1")
    .trim();
}
