import { analyse } from "chardet";

/** Decoded text: LF line ends, no byte order mark, no NUL, no lone surrogates. */
export interface DecodedText {
  text: string;
  /** Charset by its WHATWG name, e.g. `utf-8`, `shift_jis`. */
  charset: string;
}

export interface DecodeOptions {
  /** The bytes stop in the middle of the file: a half character at the end is left out, not marked as wrong. */
  truncated?: boolean;
  /** Charset that the file itself names; taken when the bytes are not UTF-8. */
  declared?: string | undefined;
}

/**
 * Decodes bytes whose charset nobody knows: byte order mark, then strict UTF-8, then UTF-16 by its zero bytes, then
 * what the file declares, then a guess from letter frequencies. Bytes that fit nothing become U+FFFD; never throws.
 */
export function decodeText(bytes: Uint8Array, options: DecodeOptions = {}): DecodedText {
  const charset = markedCharset(bytes) ?? unmarkedUtf16(bytes);
  if (charset !== undefined) return decodeAs(bytes, charset, options);
  const strict = tryDecode(bytes, "utf-8", true, options);
  if (strict !== undefined) return { text: clean(strict), charset: "utf-8" };
  const lossy = decodeAs(bytes, "utf-8", options);
  if (mostlyValid(lossy.text)) return lossy;
  for (const label of [options.declared, ...guesses(bytes)]) {
    const text = label === undefined ? undefined : tryDecode(bytes, label, false, options);
    if (text === undefined || label === undefined) continue;
    const { encoding } = new TextDecoder(label);
    const isGuess = label !== options.declared;
    if (encoding === "iso-8859-2" && isGuess && isPolishOfWindows(text))
      return decodeAs(bytes, "windows-1250", options);
    return { text: clean(text), charset: encoding };
  }
  return lossy;
}

/** UTF-8 or UTF-16 when the file begins with a byte order mark. */
export function markedCharset(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return undefined;
}

/** UTF-16 without a mark: in text with Latin letters, signs or line ends nearly every second byte is zero. */
export function unmarkedUtf16(bytes: Uint8Array): string | undefined {
  const pairs = Math.floor(Math.min(bytes.length, 4_096) / 2);
  if (pairs < 2) return undefined;
  let even = 0;
  let odd = 0;
  for (let pair = 0; pair < pairs; pair++) {
    if (bytes[pair * 2] === 0) even++;
    if (bytes[pair * 2 + 1] === 0) odd++;
  }
  if (odd > pairs * 0.7 && even < pairs * 0.02) return "utf-16le";
  if (even > pairs * 0.7 && odd < pairs * 0.02) return "utf-16be";
  return undefined;
}

function decodeAs(bytes: Uint8Array, charset: string, options: DecodeOptions): DecodedText {
  return { text: clean(tryDecode(bytes, charset, false, options) ?? ""), charset };
}

/** Undefined when the label is unknown, or when `fatal` and the bytes do not fit. */
function tryDecode(
  bytes: Uint8Array,
  label: string,
  fatal: boolean,
  options: DecodeOptions,
): string | undefined {
  try {
    return new TextDecoder(label, { fatal }).decode(bytes, { stream: options.truncated ?? false });
  } catch {
    return undefined; // The answer to the question "does it fit?" is no.
  }
}

/** Polish has no `š`, which in this charset has the place of Windows' `ą`; who writes `š` beside `ł` writes `č` and `ě` too. */
function isPolishOfWindows(text: string): boolean {
  return /ł/i.test(text) && /š/i.test(text) && !/[čě]/i.test(text);
}

/** True when a UTF-8 text merely has some broken bytes: two right characters beyond ASCII for each wrong one. */
function mostlyValid(text: string): boolean {
  let wrong = 0;
  let right = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit === 0xfffd) wrong++;
    else if (unit > 0x7f) right++;
  }
  return right >= wrong * 2;
}

/** Charsets by likelihood, from the 64 kB around the first byte beyond ASCII. */
function guesses(bytes: Uint8Array): string[] {
  const first = bytes.findIndex((byte) => byte > 0x7f);
  const start = Math.max(0, first - 1_024);
  const found = analyse(bytes.subarray(start, start + 65_536))
    .filter((match) => match.confidence >= 10 && !match.name.startsWith("UTF-"))
    .map((match) => match.name as string);
  return [...found, "windows-1252"];
}

function clean(text: string): string {
  return text
    .replace(/^\ufeff/, "")
    .replaceAll("\0", "")
    .replaceAll(/\r\n?/g, "\n")
    .toWellFormed();
}
