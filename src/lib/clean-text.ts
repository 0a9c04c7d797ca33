/** Lone surrogates, NUL and other control characters have no place in stored text; tabs and line breaks do. */
// eslint-disable-next-line no-control-regex -- removing control characters is the purpose
const controls = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g;
/** Bidirectional overrides and the invisible tag block can make a title read as something it is not. */
const deceptive = /[\u202A-\u202E\u2066-\u2069\u{E0000}-\u{E007F}]/gu;

/** Multi-line text fit to store: well-formed, LF line ends, no control characters. */
export function cleanText(text: string): string {
  return text.toWellFormed().replaceAll(/\r\n?/g, "\n").replace(controls, "");
}

/** One line fit for titles and names: as `cleanText`, without deceptive characters, white space folded, cut at `limit`. */
export function cleanLine(text: string, limit = 500): string {
  const line = cleanText(text).replace(deceptive, "").replaceAll(/\s+/g, " ").trim();
  return line.length <= limit ? line : `${line.slice(0, limit - 1).toWellFormed()}…`;
}
