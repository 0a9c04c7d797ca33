/** Lines of calendars and address books: `NAME;PARAMETER=value:value` (RFC 5545, 3.1; RFC 6350, 3.3; vCard 2.1). */

export interface ContentLine {
  name: string;
  /** By upper-case name. */
  parameters: Map<string, string>;
  /** Its escapes undone; parts of a value stay apart in `parts`. */
  value: string;
  parts: string[];
}

/** The lines of a text, put together where they were folded. Lines that are none are left out. */
export function contentLines(text: string): ContentLine[] {
  return unfolded(text).flatMap((line) => contentLine(line) ?? []);
}

function unfolded(text: string): string[] {
  const lines: string[] = [];
  let quoted = false;
  for (const line of text.split("\n")) {
    const last = lines.at(-1);
    if (last !== undefined && quoted) lines[lines.length - 1] = last.slice(0, -1) + line;
    else if (last !== undefined && /^[ \t]/.test(line)) lines[lines.length - 1] = last + line.slice(1);
    else lines.push(line);
    // Quoted-printable text goes on behind a sign at the line's end.
    quoted = line.endsWith("=") && /ENCODING=QUOTED-PRINTABLE/i.test(lines.at(-1)?.slice(0, 200) ?? "");
  }
  return lines;
}

function contentLine(line: string): ContentLine | undefined {
  const head =
    /^(?:[\w-]{1,60}\.)?([\w-]{1,60})((?:;[^:;"]{0,500}(?:"[^"]{0,500}"[^:;"]{0,200})?){0,30}):/.exec(line);
  if (head === null) return undefined;
  const parameters = new Map<string, string>();
  for (const parameter of (head[2] ?? "").split(";").slice(1)) {
    const [name = "", ...value] = parameter.split("=");
    parameters.set(name.toUpperCase(), value.join("=").replaceAll('"', ""));
  }
  const raw = decoded(line.slice(head[0].length), parameters);
  const parts = raw.split(/(?<!\\);/).map(unescaped);
  return { name: (head[1] ?? "").toUpperCase(), parameters, value: unescaped(raw), parts };
}

function decoded(raw: string, parameters: ReadonlyMap<string, string>): string {
  const encoding = parameters.get("ENCODING") ?? "";
  if (encoding.toUpperCase() !== "QUOTED-PRINTABLE" && !parameters.has("QUOTED-PRINTABLE")) return raw;
  const bytes = new TextEncoder().encode(raw);
  const plain: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const code = /^=([0-9a-f]{2})$/i.exec(String.fromCharCode(...bytes.subarray(at, at + 3)))?.[1];
    if (code !== undefined) at += 2;
    plain.push(code === undefined ? (bytes[at] ?? 0) : Number.parseInt(code, 16));
  }
  return new TextDecoder().decode(new Uint8Array(plain));
}

function unescaped(value: string): string {
  return value
    .replaceAll(/\\([nN,;\\:])/g, (_whole, mark: string) => (mark.toLowerCase() === "n" ? "\n" : mark))
    .trim();
}
