/** Text and structure of a Word document of before 2007, from its streams (MS-DOC, sections in brackets). */
import { viewOf } from "./data-view";

const MAGIC = 0xa5ec;
const [ENCRYPTED, TABLE_1] = [0x0100, 0x0200];
/** The first version that keeps its text in pieces, Word 97. */
const WORD_97 = 0xc1;
const [IN_TABLE, ROW_END, OUTLINE_LEVEL, LIST, LIST_LEVEL] = [0x2416, 0x2417, 0x2640, 0x460b, 0x260a];
const PAGE = 512;
/** Headers and macros stand between these. */
const STORIES = { text: 0, footnotes: 1, comments: 4, endnotes: 5, boxes: 6 };

export class LockedDoc extends Error {}
export class OldDoc extends Error {}
class BrokenDoc extends Error {}

export interface DocParagraph {
  text: string;
  /** 1 to 9 for a heading. */
  level: number | undefined;
  /** For a list's item, how deep it lies, from 0. */
  depth: number | undefined;
  /** True for a cell's paragraph; it ends its cell, or its row. */
  inTable: boolean;
  ends: "paragraph" | "cell" | "row";
}

/** The stories of a document, which stand one after the other in its text. */
export interface DocText {
  text: DocParagraph[];
  notes: DocParagraph[];
  comments: DocParagraph[];
}

interface Piece {
  /** Characters of the text, from and to. */
  from: number;
  to: number;
  /** Where it begins in the stream, and whether a character has one byte. */
  at: number;
  narrow: boolean;
}

interface Properties {
  style: number;
  inTable: boolean;
  rowEnd: boolean;
  outline: number | undefined;
  list: boolean;
  depth: number;
}

const NONE: Properties = {
  style: 0,
  inTable: false,
  rowEnd: false,
  outline: undefined,
  list: false,
  depth: 0,
};

/** @throws LockedDoc, OldDoc, BrokenDoc, or RangeError where the file leads beyond its end. */
export function readDocText(streams: ReadonlyMap<string, Uint8Array>): DocText {
  const main = streams.get("worddocument");
  if (main === undefined || main.length < 0x200) throw new BrokenDoc("no text");
  const head = viewOf(main);
  if (head.getUint16(0, true) !== MAGIC) throw new OldDoc("Word 6 or older");
  const flags = head.getUint16(0x0a, true);
  if ((flags & ENCRYPTED) !== 0) throw new LockedDoc("encrypted");
  if (head.getUint16(2, true) < WORD_97) throw new OldDoc("Word 95");
  const table = streams.get((flags & TABLE_1) === 0 ? "0table" : "1table");
  if (table === undefined) throw new BrokenDoc("no table");
  const pieces = piecesOf(head, viewOf(table));
  const properties = new ParagraphProperties(main, viewOf(table));
  // Lengths of the stories, in their order [2.5.4].
  const length = (index: number) => Math.max(0, head.getInt32(0x4c + index * 4, true));
  const story = (index: number) => {
    const from = Array.from({ length: index }, (_, at) => length(at)).reduce((sum, size) => sum + size, 0);
    return paragraphsOf(main, piecesWithin(pieces, from, from + length(index)), properties);
  };
  return {
    text: [...story(STORIES.text), ...story(STORIES.boxes)],
    notes: [...story(STORIES.footnotes), ...story(STORIES.endnotes)],
    comments: story(STORIES.comments),
  };
}

/** Where the characters stand: the file is edited by adding pieces [2.8.35]. */
function piecesOf(head: DataView, table: DataView): Piece[] {
  let at = head.getUint32(0x1a2, true);
  const end = at + head.getUint32(0x1a6, true);
  while (at < end && table.getUint8(at) === 1) at += 3 + table.getUint16(at + 1, true);
  if (table.getUint8(at) !== 2) throw new BrokenDoc("no pieces");
  const size = table.getUint32(at + 1, true);
  const count = Math.floor((size - 4) / 12);
  const positions = at + 5;
  const descriptors = positions + (count + 1) * 4;
  return Array.from({ length: count }, (_, index) => {
    const where = table.getUint32(descriptors + index * 8 + 2, true);
    const narrow = (where & 0x40000000) !== 0;
    const start = where & 0x3fffffff;
    return {
      from: table.getUint32(positions + index * 4, true),
      to: table.getUint32(positions + index * 4 + 4, true),
      at: narrow ? start / 2 : start,
      narrow,
    };
  });
}

function piecesWithin(pieces: readonly Piece[], from: number, to: number): Piece[] {
  return pieces.flatMap((piece) => {
    const [start, end] = [Math.max(from, piece.from), Math.min(to, piece.to)];
    if (start >= end) return [];
    const at = piece.at + (start - piece.from) * (piece.narrow ? 1 : 2);
    return [{ ...piece, from: start, to: end, at }];
  });
}

/** Cuts the text at the marks that end paragraphs, cells and rows, and leaves out what fields are made from. */
function paragraphsOf(
  main: Uint8Array,
  pieces: readonly Piece[],
  properties: ParagraphProperties,
): DocParagraph[] {
  const paragraphs: DocParagraph[] = [];
  const view = viewOf(main);
  let text = "";
  /** For each field that is open, whether its instruction is being read. */
  const fields: boolean[] = [];
  for (const { from, to, at, narrow } of pieces) {
    for (let index = 0; index < to - from; index++) {
      const place = at + index * (narrow ? 1 : 2);
      const code = narrow ? view.getUint8(place) : view.getUint16(place, true);
      if (code === 0x13) fields.push(true);
      else if (code === 0x14) fields[fields.length - 1] = false;
      else if (code === 0x15) fields.pop();
      else if (code === 0x0d || code === 0x07 || code === 0x0c) {
        // No instruction goes on in the next paragraph: its end was lost.
        fields.fill(false);
        paragraphs.push(paragraphOf(text, code, properties.at(place)));
        text = "";
      } else if (!fields.includes(true)) text += characterOf(code, narrow);
    }
  }
  if (text.trim() !== "") paragraphs.push(paragraphOf(text, 0x0d, NONE));
  return paragraphs;
}

function paragraphOf(
  text: string,
  code: number,
  { style, inTable, rowEnd, outline, list, depth }: Properties,
): DocParagraph {
  // The built-in styles of headings have the same numbers in every document.
  const level =
    style >= 1 && style <= 9 ? style : outline === undefined || outline > 8 ? undefined : outline + 1;
  const ends = code !== 0x07 ? "paragraph" : rowEnd ? "row" : "cell";
  return {
    text: text.replaceAll(/[^\S\n]+/g, " ").trim(),
    level,
    depth: list && level === undefined ? depth : undefined,
    inTable: inTable || code === 0x07,
    ends,
  };
}

const western = new TextDecoder("windows-1252");

function characterOf(code: number, narrow: boolean): string {
  if (code === 0x09 || code === 0x0b) return code === 0x09 ? " " : "\n";
  if (code === 0x1e) return "-";
  if (code < 0x20 || code === 0xfffc) return ""; // Pictures, marks of footnotes, hyphens that are not shown.
  return narrow && code >= 0x80 && code < 0xa0
    ? western.decode(new Uint8Array([code]))
    : String.fromCharCode(code);
}

/** What is known of a paragraph by the place of its end: its style, and whether it lies in a table [2.9.55]. */
class ParagraphProperties {
  readonly #starts: number[] = [];
  readonly #pages: number[] = [];

  constructor(
    private readonly main: Uint8Array,
    table: DataView,
  ) {
    const head = viewOf(main);
    const at = head.getUint32(0x102, true);
    const count = Math.max(0, Math.floor((head.getUint32(0x106, true) - 4) / 8));
    for (let index = 0; index < count; index++) {
      this.#starts.push(table.getUint32(at + index * 4, true));
      this.#pages.push(table.getUint32(at + (count + 1) * 4 + index * 4, true));
    }
  }

  at(place: number): Properties {
    const index = this.#starts.findLastIndex((start) => start <= place);
    const page = (this.#pages[index] ?? -1) * PAGE;
    if (page < 0 || page + PAGE > this.main.length) return NONE;
    const view = viewOf(this.main.subarray(page, page + PAGE));
    const count = view.getUint8(PAGE - 1);
    for (let run = 0; run < count; run++) {
      if (place >= view.getUint32((run + 1) * 4, true)) continue;
      const offset = view.getUint8((count + 1) * 4 + run * 13) * 2;
      return offset === 0 ? NONE : propertiesAt(view, offset);
    }
    return NONE;
  }
}

/** A list of changes to the style [2.9.114]: a number of two bytes says which, and how long its value is. */
function propertiesAt(view: DataView, offset: number): Properties {
  const words = view.getUint8(offset);
  const start = words === 0 ? offset + 2 : offset + 1;
  const length = words === 0 ? view.getUint8(offset + 1) * 2 : words * 2 - 1;
  const end = Math.min(PAGE - 1, start + length);
  const found = { ...NONE, style: view.getUint16(start, true) };
  const sizes = [1, 1, 2, 4, 2, 2, 0, 3];
  for (let at = start + 2; at + 3 <= end;) {
    const change = view.getUint16(at, true);
    const value = view.getUint8(at + 2);
    if (change === IN_TABLE) found.inTable = value !== 0;
    else if (change === ROW_END) found.rowEnd = value !== 0;
    else if (change === OUTLINE_LEVEL) found.outline = value;
    else if (change === LIST) found.list = view.getUint16(at + 2, true) !== 0;
    else if (change === LIST_LEVEL) found.depth = Math.min(8, value);
    const size = sizes[change >> 13] ?? 0;
    at += 2 + (size === 0 ? value + 1 : size);
  }
  return found;
}
