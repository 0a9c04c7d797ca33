/** Text from a source, made fit to be stored, shown on a line, or given to a model. */

// oxlint-disable-next-line no-control-regex -- removing control characters is the purpose
const controls = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g;

/** Multi-line text fit to store: well-formed, LF line ends, no control characters but tabs and line feeds. */
export function cleanText(text: string): string {
  return text.toWellFormed().replaceAll(/\r\n?/g, "\n").replace(controls, "");
}

// oxlint-disable-next-line no-control-regex -- the escape that begins a terminal code
const terminalCode = /\u001B\[[0-9;?]*[A-Za-z]/g;
const invisible =
  /(?![\n\t])[\p{Cc}\p{Co}\p{Cn}\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u{E0000}-\u{E007F}]/gu;

/**
 * Text without what people cannot see but a model reads: control characters, terminal codes, invisible tags, direction
 * marks. Line breaks and tabs stay; so do joiners, which emoji and Indic scripts need.
 */
export function visibleText(text: string): string {
  return text.toWellFormed().replaceAll(terminalCode, "").replaceAll(invisible, "");
}

/** Anything but printable ASCII with single spaces: most lines hold no such thing, and are clean as they are. */
const unclean = /[^ -~]| {2}/;

/** One clean line of at most `longest` UTF-16 code units out of text from a source. */
export function plainLine(text: string, longest = 200): string {
  if (!unclean.test(text)) return clip(text.trim(), longest);
  return clip(visibleText(text.replaceAll(/[\s\u2028\u2029]+/g, " ")).trim(), longest);
}

/** Text cut to `longest` code units, never within a surrogate pair, with an ellipsis where something is missing. */
export function clip(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, safeEnd(text, longest - 1))}…`;
}

/** `end`, or one less where it would cut a surrogate pair. */
export function safeEnd(text: string, end: number): number {
  const before = text.charCodeAt(end - 1);
  return end > 0 && end < text.length && before >= 0xd800 && before <= 0xdbff ? end - 1 : end;
}
