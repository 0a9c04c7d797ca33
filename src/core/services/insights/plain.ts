/**
 * Inline markdown to plain text. Every pattern is bounded, so that hostile text costs no more than linear time.
 */

const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

const rules: readonly [RegExp, string][] = [
  [/```[^`]{1,2000}```/g, " "],
  [/(?<!\\)!\[[^\]\n[]{0,300}\]\([^()\n]{0,1000}\)/g, ""],
  [/(?<!\\)\[\^[^\]\n]{1,40}\]/g, ""],
  [/(?<!\\)\[([^\]\n[]{1,300})\]\([^()\n]{0,1000}\)/g, "$1"],
  [/(?<!\\)\[([^\]\n[]{1,300})\]\[[^\]\n]{0,100}\]/g, "$1"],
  [/(?<!\\)<(?:https?:\/\/[^\s<>|]{1,1000})\|([^<>\n]{1,300})>/g, "$1"],
  [/(?<!\\)<@([^<>\n]{1,60})>/g, "@$1"],
  [/(?<!\\)<(https?:\/\/[^\s<>]{1,1000})>/g, "$1"],
  [/(?<!\\)<\/?[a-zA-Z][^<>\n]{0,500}>/g, " "],
  [/(?<!\\)`{1,3}/g, ""],
  [/(?<!\\)(?:\*\*|~~)/g, ""],
  [/(?<![\p{L}\p{N}_])__|__(?![\p{L}\p{N}_])/gu, ""],
  // Words of scripts without spaces, and particles, may touch the mark; Latin ones that do are a product or a name.
  [/(?<![A-Za-z0-9*\\])\*(?=\S)([^*\n]{1,300})(?<!\\)\*(?![A-Za-z0-9*])/gu, "$1"],
  [/(?<![\p{L}\p{N}_\\])_(?=\S)([^_\n]{1,300})(?<!\\)_(?![\p{L}\p{N}_])/gu, "$1"],
  [/\\([\\`*_{}[\]()#+.!|<>~-])/g, "$1"],
];

/** True when one of the characters that any rule starts from is there. */
const markup = /[`*_~[\]<>\\]/;

/** White space other than single spaces. */
const uneven = /\s\s|[^\S ]/;

/** The words of one line or paragraph of markdown, marks and tags removed, white space collapsed. */
export function plainText(markdown: string): string {
  let text = markdown;
  if (markup.test(text))
    for (const [pattern, replacement] of rules) text = text.replace(pattern, replacement);
  if (text.includes("&")) {
    text = text.replace(/&(amp|lt|gt|quot|apos|nbsp);/g, (whole, name: string) => entities[name] ?? whole);
  }
  return (uneven.test(text) ? text.replace(/\s+/g, " ") : text).trim();
}
