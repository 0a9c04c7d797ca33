/**
 * Character maps for Chinese, Japanese and Korean PDFs that name a well-known map instead of holding one (ISO 32000-2,
 * 9.7.5.2), as many invoicing systems write them. The maps themselves lead to glyph numbers of Adobe's collections by
 * large tables; only the text is wanted here, so ours lead to the characters themselves.
 */

/** Bytes of the legacy charsets: first bytes of two, and what may follow. */
const LEGACY: { name: RegExp; charset: string; lead: [number, number][]; single: [number, number][] }[] = [
  {
    name: /RKSJ/,
    charset: "shift_jis",
    lead: [
      [0x81, 0x9f],
      [0xe0, 0xfc],
    ],
    single: [
      [0x20, 0x7e],
      [0xa1, 0xdf],
    ],
  },
  { name: /^(?:78-|Ext-|Add-)?EUC/, charset: "euc-jp", lead: [[0xa1, 0xfe]], single: [[0x20, 0x7e]] },
  { name: /^GB/, charset: "gb18030", lead: [[0x81, 0xfe]], single: [[0x20, 0x7e]] },
  { name: /B5|HKscs/, charset: "big5", lead: [[0x81, 0xfe]], single: [[0x20, 0x7e]] },
  { name: /^KSC/, charset: "euc-kr", lead: [[0x81, 0xfe]], single: [[0x20, 0x7e]] },
];

const hex = (code: number, bytes: number) => `<${code.toString(16).padStart(bytes * 2, "0")}>`;

/** Gives a PDF's reader the maps that it asks for by name; one for each document. */
export class CharacterMaps {
  /** True once a map of ours was handed out: what is asked for next is how to read its numbers. */
  #handedOut = false;

  /** @throws Error for what there is none of: the font then has no text, as before. */
  fetch = ({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> => {
    const map = kind === "cMapUrl" ? this.#mapOf(filename) : undefined;
    return map === undefined
      ? Promise.reject(new Error(`There is no ${filename}.`))
      : Promise.resolve(new TextEncoder().encode(map));
  };

  #mapOf(name: string): string | undefined {
    // A font that numbers glyphs itself asks for this too; our numbers would make nonsense of its text.
    if (/^Adobe-\w+-UCS2$/.test(name))
      return this.#handedOut ? "1 beginbfrange <0000> <ffff> <0000> endbfrange" : undefined;
    const map = /^Uni\w+-(?:UCS2|UTF16)/.test(name) ? unicodeMap() : legacyMap(name);
    if (map === undefined) return undefined;
    this.#handedOut = true;
    return `/WMode ${name.endsWith("V") ? 1 : 0} def ${map}`;
  }
}

/** Two bytes that are a character; those beyond 65,535 are passed over. */
function unicodeMap(): string {
  return (
    "3 begincodespacerange <0000> <d7ff> <d800dc00> <dbffdfff> <e000> <ffff> endcodespacerange " +
    "2 begincidrange <0000> <d7ff> 0 <e000> <ffff> 57344 endcidrange"
  );
}

function legacyMap(name: string): string | undefined {
  const legacy = LEGACY.find((one) => one.name.test(name));
  if (legacy === undefined || /^GBT|^GB-H|^GB-V|^KSC-H|^KSC-V|Johab/.test(name)) return undefined;
  const decoder = new TextDecoder(legacy.charset);
  const spaces: string[] = [];
  const characters: string[] = [];
  const add = (code: number, bytes: number[]) => {
    const character = decoder.decode(new Uint8Array(bytes));
    const point = character.charCodeAt(0);
    if (character.length === 1 && point !== 0xfffd) characters.push(`${hex(code, bytes.length)} ${point}`);
  };
  for (const [from, to] of legacy.single) {
    spaces.push(`${hex(from, 1)} ${hex(to, 1)}`);
    for (let byte = from; byte <= to; byte++) add(byte, [byte]);
  }
  for (const [from, to] of legacy.lead) {
    spaces.push(`${hex((from << 8) | 0x40, 2)} ${hex((to << 8) | 0xfe, 2)}`);
    for (let first = from; first <= to; first++)
      for (let second = 0x40; second <= 0xfe; second++) add((first << 8) | second, [first, second]);
  }
  return (
    `${spaces.length} begincodespacerange ${spaces.join(" ")} endcodespacerange ` +
    `${characters.length} begincidchar ${characters.join(" ")} endcidchar`
  );
}
