import { charsetOf } from "./cfb-properties";
import { CHARACTERS, FONT_CHARSETS, KEPT, SKIPPED } from "./rtf-words";

/** Groups nested deeper are an attack: their text is kept, their state is not. */
const MOST_DEEP = 1_000;

export type RtfBlock =
  { kind: "paragraph"; text: string; level: number | undefined } | { kind: "row"; cells: string[] };

/** What a group inherits from the one around it. */
interface State {
  /** Where text goes. */
  target: "text" | "none" | "title" | "author" | "fonts" | "styles" | "note";
  /** Text that was deleted, or is hidden. */
  hidden: boolean;
  /** Characters that stand behind a Unicode one for programs that know none. */
  fallback: number;
  charset: string;
}

/** Reads rich text into blocks, in time linear to its length. */
export class RtfText {
  readonly blocks: RtfBlock[] = [];
  readonly notes: string[] = [];
  title = "";
  author = "";
  readonly #bytes: Uint8Array;
  #at = 0;
  #state: State = {
    target: "text",
    hidden: false,
    fallback: 1,
    charset: "windows-1252",
  };
  readonly #stack: State[] = [];
  #depth = 0;
  /** Bytes of a charset that are not decoded yet: a character may have two. */
  #pending: number[] = [];
  #skip = 0;
  #text = "";
  #cells: string[] = [];
  #inTable = false;
  #level: number | undefined;
  #page = 1252;
  #font = 0;
  readonly #fonts = new Map<number, string>();
  #style = 0;
  readonly #decoders = new Map<string, TextDecoder>();
  readonly #headings = new Map<number, number>();

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  read(): this {
    for (; this.#at < this.#bytes.length;) {
      const byte = this.#bytes[this.#at++] ?? 0;
      if (byte === 0x7b) this.#open();
      else if (byte === 0x7d) this.#close();
      else if (byte === 0x5c) this.#control();
      else if (byte !== 0x0d && byte !== 0x0a && byte !== 0) this.#byte(byte);
    }
    this.#endParagraph();
    this.#endRow();
    return this;
  }

  #open(): void {
    this.#decode();
    this.#skip = 0;
    this.#depth++;
    if (this.#depth <= MOST_DEEP) this.#stack.push({ ...this.#state });
  }

  #close(): void {
    this.#decode();
    this.#skip = 0;
    if (this.#depth <= MOST_DEEP) {
      const before = this.#stack.pop();
      if (before !== undefined) this.#state = before;
    }
    this.#depth = Math.max(0, this.#depth - 1);
  }

  #control(): void {
    const next = this.#bytes[this.#at] ?? 0;
    if (next === 0x27) {
      const code = Number.parseInt(this.#ascii(this.#at + 1, this.#at + 3), 16);
      this.#at += 3;
      if (!Number.isNaN(code)) this.#byte(code);
      return;
    }
    this.#decode();
    const word = /^([a-z]{1,32})(-?\d{1,10})? ?/i.exec(this.#ascii(this.#at, this.#at + 44));
    if (word === null) {
      this.#at++;
      this.#symbol(String.fromCharCode(next));
      return;
    }
    this.#at += word[0].length;
    const number = word[2] === undefined ? undefined : Number(word[2]);
    this.#word(word[1] ?? "", number);
  }

  #symbol(symbol: string): void {
    // A group that a program need not know; those with text in them are named.
    if (symbol === "*") {
      const name = /^\\([a-z]+)/.exec(this.#ascii(this.#at, this.#at + 33))?.[1] ?? "";
      if (!KEPT.has(name) && this.#beginsGroup()) this.#state.target = "none";
      // The same again in Unicode, for what stands before it.
      if (name === "ud") this.#state.target = "text";
    } else if (symbol === "\r" || symbol === "\n") this.#endParagraph();
    else this.#write(CHARACTERS.get(symbol) ?? ("{}\\".includes(symbol) ? symbol : ""));
  }

  /** True when nothing stands between the brace and the word that was read last, `\\*`. */
  #beginsGroup(): boolean {
    let before = this.#at - 3;
    while ((this.#bytes[before] ?? 0) <= 0x20 && before > 0) before--;
    return this.#bytes[before] === 0x7b;
  }

  #word(word: string, number: number | undefined): void {
    const character = CHARACTERS.get(word);
    if (character !== undefined) this.#write(character);
    else if (word === "u") this.#unicode(number ?? 0);
    else if (word === "uc") this.#state.fallback = Math.min(20, Math.max(0, number ?? 1));
    else if (word === "bin") this.#at += Math.max(0, number ?? 0);
    else if (word === "par" || word === "sect" || word === "page") this.#endParagraph();
    else if (word === "cell" || word === "nestcell") this.#endCell();
    else if (word === "row" || word === "nestrow") this.#endRow();
    else if (SKIPPED.has(word)) this.#state.target = "none";
    else this.#property(word, number);
  }

  #property(word: string, number: number | undefined): void {
    if (word === "ansicpg") this.#useCharset((this.#page = number ?? 1252));
    else if (word === "mac") this.#useCharset((this.#page = 10_000));
    else if (word === "fonttbl") this.#state.target = "fonts";
    else if (word === "stylesheet") this.#state.target = "styles";
    else if (word === "f" && number !== undefined) this.#useFont(number);
    else if (word === "fcharset" && this.#state.target === "fonts")
      this.#fonts.set(this.#font, charsetOf(FONT_CHARSETS.get(number ?? 0) ?? this.#page));
    else if (word === "v" || word === "deleted") this.#state.hidden = number !== 0;
    else if (word === "plain") {
      this.#state.hidden = false;
      this.#useCharset(this.#page);
    } else if (word === "pard") [this.#inTable, this.#level, this.#style] = [false, undefined, 0];
    else if (word === "intbl") this.#inTable = true;
    else if (word === "outlinelevel" && (number ?? 9) < 9) this.#level = (number ?? 0) + 1;
    else if (word === "s") this.#style = number ?? 0;
    else if (this.#state.target === "none") return;
    else if (word === "title" || word === "author") {
      this.#state.target = word;
      this[word] = "";
    } else if (word === "footnote") {
      this.notes.push("");
      this.#write(`[${this.notes.length}]`);
      this.#state.target = "note";
    }
  }

  #useFont(font: number): void {
    this.#font = font;
    if (this.#state.target !== "fonts") this.#state.charset = this.#fonts.get(font) ?? charsetOf(this.#page);
  }

  #useCharset(page: number): void {
    this.#state.charset = charsetOf(page);
  }

  #unicode(code: number): void {
    this.#skip = 0;
    this.#write(String.fromCharCode(code < 0 ? code + 65_536 : code & 0xffff));
    this.#skip = this.#state.fallback;
  }

  #byte(byte: number): void {
    if (this.#skip > 0) this.#skip--;
    else this.#pending.push(byte);
  }

  #decode(): void {
    if (this.#pending.length === 0) return;
    const { charset } = this.#state;
    const decoder = this.#decoders.getOrInsertComputed(charset, () => new TextDecoder(charset));
    const text = decoder.decode(new Uint8Array(this.#pending));
    this.#pending = [];
    this.#write(text);
  }

  #write(text: string): void {
    const { target, hidden } = this.#state;
    if (hidden || target === "none" || target === "fonts") return;
    if (target === "text") this.#text += text;
    else if (target === "note") this.notes.push((this.notes.pop() ?? "") + text);
    else if (target === "styles") this.#nameStyle(text);
    else this[target] += text;
  }

  /** `heading 1;`, however the program spells it in English: other languages name the built-in styles so as well. */
  #nameStyle(text: string): void {
    const level = /^\s*heading (\d)\b/i.exec(text)?.[1];
    if (level !== undefined) this.#headings.set(this.#style, Number(level));
  }

  #endParagraph(): void {
    if (this.#state.target === "note") this.#write(" ");
    if (this.#state.target !== "text") return;
    const text = tidy(this.#text);
    if (this.#inTable) {
      this.#text += "\n";
      return;
    }
    this.#endRow();
    this.#text = "";
    const level = this.#level ?? this.#headings.get(this.#style);
    if (text !== "") this.blocks.push({ kind: "paragraph", text, level });
  }

  #endCell(): void {
    if (this.#state.target !== "text") return;
    this.#cells.push(tidy(this.#text));
    this.#text = "";
  }

  #endRow(): void {
    if (this.#cells.length > 0) this.blocks.push({ kind: "row", cells: this.#cells });
    this.#cells = [];
  }

  #ascii(from: number, to: number): string {
    return String.fromCharCode(...this.#bytes.subarray(from, to));
  }
}

function tidy(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\S\n]+/g, " ")
    .replaceAll(/ ?\n ?/g, "\n")
    .trim();
}
