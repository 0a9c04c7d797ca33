export interface Highlight {
  start: number;
  end: number;
}

/**
 * What is markup by its form, and which part of it goes: the whole match, or the given groups. Most text has none of
 * it, which the characters that each `needs` tell sooner.
 */
const markup: readonly { needs: string; pattern: RegExp; groups?: readonly number[] }[] = [
  // Heading marks and quote marks at the start of a line; rules, and the lines under table heads.
  { needs: "#", pattern: /^[ \t]*#{1,6}[ \t]+/gm },
  { needs: ">", pattern: /^[ \t]*(?:>[ \t]?)+/gm },
  { needs: "---", pattern: /^[|:+ \t]*-{3,}[-:|+ \t]*$/gm },
  // Where a table's row begins; the mark at its end tells it from the next one.
  { needs: "|", pattern: /^[ \t]*\|(?=.*\|[ \t]*$)/gm },
  // Links and images keep their words.
  { needs: "](", pattern: /(!?\[)[^\]\n]*(\]\([^)\s]*(?:\s+"[^"]*")?\))/dg, groups: [1, 2] },
  { needs: "**", pattern: /\*\*/g },
  { needs: "~~", pattern: /~~/g },
  { needs: "`", pattern: /`+/g },
];

/**
 * A stretch of markdown as a person would read it aloud: without heading marks, quote marks, emphasis, code ticks and
 * link targets, and with white space folded. Highlights keep marking the same words.
 */
export function plainSnippet(
  raw: string,
  highlights: readonly Highlight[],
): { text: string; highlights: Highlight[] } {
  const dropped = droppedCharacters(raw);
  const places = new Int32Array(raw.length + 1);
  const codes = new Uint16Array(raw.length);
  let length = 0;
  for (let at = 0; at < raw.length; at++) {
    places[at] = length;
    if (dropped[at] === 1) continue;
    const code = raw.charCodeAt(at);
    if (!isWhite(code)) codes[length++] = code;
    else if (length > 0 && codes[length - 1] !== space) codes[length++] = space;
  }
  places[raw.length] = length;
  const trimmed = String.fromCharCode(...codes.subarray(0, length)).trimEnd();
  return {
    text: trimmed,
    highlights: highlights
      .map(({ start, end }) => ({
        start: places[start] ?? 0,
        end: Math.min(trimmed.length, places[end] ?? 0),
      }))
      .filter(({ start, end }) => end > start),
  };
}

const space = 32;
const asciiWhite = new Set([9, 10, 11, 12, 13, space]);

function isWhite(code: number): boolean {
  return code < 128 ? asciiWhite.has(code) : /\s/.test(String.fromCharCode(code));
}

function droppedCharacters(raw: string): Uint8Array {
  const dropped = new Uint8Array(raw.length);
  for (const { needs, pattern, groups } of markup) {
    if (!raw.includes(needs)) continue;
    for (const match of raw.matchAll(pattern)) {
      const spans =
        groups === undefined
          ? [[match.index, match.index + match[0].length] as const]
          : groups.map((group) => match.indices?.[group] ?? [0, 0]);
      for (const [start, end] of spans) dropped.fill(1, start, end);
    }
  }
  return dropped;
}
