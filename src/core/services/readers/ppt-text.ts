/** Text of a presentation of before 2007, from its streams (MS-PPT, sections in brackets). */
import { viewOf } from "./data-view";

const [SLIDE_ATOM, PERSIST, TEXT_LIST] = [1007, 1011, 4080];
const [OUTLINE_TEXT, TEXT_KIND, WIDE_TEXT, NARROW_TEXT, EDIT, DIRECTORY] = [
  3998, 3999, 4000, 4008, 4085, 6002,
];
/** Kinds of text that are a title. */
const TITLES = new Set([0, 6]);
const LOCKED_TOKEN = 0xf3d1c4df;
const MOST_EDITS = 10_000;
const DEEPEST = 100;

export class LockedPpt extends Error {}
class BrokenPpt extends Error {}

export interface PptSlide {
  title: string;
  lines: string[];
  notes: string[];
}

interface PptText {
  isTitle: boolean;
  lines: string[];
}

interface PptRecord {
  type: number;
  instance: number;
  /** Where its content begins, and ends. */
  from: number;
  to: number;
}

/** A slide, or the notes of one, as the document lists it. */
interface Listed {
  persist: number;
  id: number;
  outline: PptText[];
}

/** @throws LockedPpt, BrokenPpt, or RangeError where the file leads beyond its end. */
export function readPptText(streams: ReadonlyMap<string, Uint8Array>): PptSlide[] {
  const [stream, user] = [streams.get("powerpoint document"), streams.get("current user")];
  if (stream === undefined || user === undefined) throw new BrokenPpt("no presentation");
  const head = viewOf(user);
  if (head.getUint32(12, true) === LOCKED_TOKEN) throw new LockedPpt("encrypted");
  return new Presentation(stream, head.getUint32(16, true)).slides();
}

class Presentation {
  readonly #view: DataView;
  /** Where the newest state of each part stands, by its number: saving adds to the end. */
  readonly #places = new Map<number, number>();
  #document = 0;

  constructor(
    private readonly stream: Uint8Array,
    edit: number,
  ) {
    this.#view = viewOf(stream);
    this.#readEdits(edit);
  }

  slides(): PptSlide[] {
    const lists = [...this.#children(this.#recordAt(this.#places.get(this.#document) ?? -1))].filter(
      ({ type }) => type === TEXT_LIST,
    );
    const listed = (instance: number) =>
      lists.filter((one) => one.instance === instance).flatMap((one) => this.#listed(one));
    const notes = new Map(listed(2).map((one) => [one.id, one]));
    return listed(0).map((slide) => {
      const record = this.#recordAt(this.#places.get(slide.persist) ?? -1);
      const texts = this.#textsIn(record, slide.outline);
      const atom = [...this.#children(record)].find(({ type }) => type === SLIDE_ATOM);
      const said = notes.get(atom === undefined ? 0 : this.#view.getUint32(atom.from + 16, true));
      const lines = (isTitle: boolean) =>
        texts.filter((one) => one.isTitle === isTitle).flatMap((one) => one.lines);
      return {
        title: lines(true).join(" "),
        lines: lines(false),
        notes: said === undefined ? [] : this.#notesOf(said),
      };
    });
  }

  /** Each edit names the one before it, and where the parts stand that it wrote [2.3.3]. */
  #readEdits(newest: number): void {
    let at = newest;
    for (let count = 0; count < MOST_EDITS; count++) {
      const edit = this.#recordAt(at);
      if (edit.type !== EDIT) throw new BrokenPpt("no edit");
      if (count === 0) this.#document = this.#view.getUint32(edit.from + 16, true);
      this.#readDirectory(this.#recordAt(this.#view.getUint32(edit.from + 12, true)));
      const before = this.#view.getUint32(edit.from + 8, true);
      if (before === 0 || before >= at) return;
      at = before;
    }
  }

  #readDirectory({ type, from, to }: PptRecord): void {
    if (type !== DIRECTORY) throw new BrokenPpt("no directory");
    for (let at = from; at + 4 <= to;) {
      const run = this.#view.getUint32(at, true);
      const [first, count] = [run & 0xfffff, run >>> 20];
      at += 4;
      for (let index = 0; index < count && at + 4 <= to; index++, at += 4) {
        const place = this.#view.getUint32(at, true);
        if (!this.#places.has(first + index)) this.#places.set(first + index, place);
      }
    }
  }

  #recordAt(at: number): PptRecord {
    if (at < 0 || at + 8 > this.stream.length) throw new BrokenPpt("a part is missing");
    const from = at + 8;
    return {
      type: this.#view.getUint16(at + 2, true),
      instance: this.#view.getUint16(at, true) >> 4,
      from,
      to: Math.min(this.stream.length, from + this.#view.getUint32(at + 4, true)),
    };
  }

  *#children({ from, to }: PptRecord): Generator<PptRecord> {
    for (let at = from; at + 8 <= to;) {
      const record = this.#recordAt(at);
      yield { ...record, to: Math.min(record.to, to) };
      at = record.to;
    }
  }

  #listed(list: PptRecord): Listed[] {
    const found: Listed[] = [];
    let isTitle = false;
    for (const record of this.#children(list)) {
      const last = found.at(-1);
      if (record.type === PERSIST) {
        const [persist, id] = [record.from, record.from + 12].map((at) => this.#view.getUint32(at, true));
        found.push({ persist: persist ?? 0, id: id ?? 0, outline: [] });
      } else if (record.type === TEXT_KIND) isTitle = TITLES.has(this.#view.getUint32(record.from, true));
      else if (last !== undefined && isText(record))
        last.outline.push({ isTitle, lines: this.#linesOf(record) });
    }
    return found;
  }

  /** Texts of the boxes of a slide, in their order; some stand in the document's list, and are named by their number. */
  #textsIn(slide: PptRecord, outline: readonly PptText[], depth = 0): PptText[] {
    const texts: PptText[] = [];
    let isTitle = false;
    for (const record of this.#children(slide)) {
      if (record.type === TEXT_KIND) isTitle = TITLES.has(this.#view.getUint32(record.from, true));
      else if (record.type === OUTLINE_TEXT) {
        const named = outline[this.#view.getUint32(record.from, true)];
        if (named !== undefined) texts.push(named);
      } else if (isText(record)) texts.push({ isTitle, lines: this.#linesOf(record) });
      else if (this.#isContainer(record) && depth < DEEPEST)
        texts.push(...this.#textsIn(record, outline, depth + 1));
    }
    return texts;
  }

  #notesOf({ persist, outline }: Listed): string[] {
    const place = this.#places.get(persist);
    return place === undefined
      ? []
      : this.#textsIn(this.#recordAt(place), outline).flatMap(({ lines }) => lines);
  }

  #isContainer({ from }: PptRecord): boolean {
    return (this.#view.getUint16(from - 8, true) & 0xf) === 0xf;
  }

  #linesOf({ type, from, to }: PptRecord): string[] {
    const bytes = this.stream.subarray(from, to);
    const text = new TextDecoder(type === WIDE_TEXT ? "utf-16le" : "latin1").decode(bytes);
    const lines = text.split("\r").map((line) => line.replaceAll(/\s+/g, " ").trim());
    // A star stands for the slide's number or the day.
    return lines.filter((line) => line !== "" && line !== "*");
  }
}

const isText = ({ type }: PptRecord): boolean => type === WIDE_TEXT || type === NARROW_TEXT;
