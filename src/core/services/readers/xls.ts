import { CancelledError, ItemError } from "@/core/models/errors";
import { shownName } from "@/lib/file-names";
import { lineText } from "@/lib/markdown-text";
import { type CompoundFolder, isCompound, readCompound } from "./cfb";
import { compoundFacts } from "./cfb-properties";
import { readDisguised } from "./disguised";
import { damagedOffice, lockedOffice } from "./office-parts";
import type { ByteReader, DocumentInput } from "./reader";
import { MOST_COLUMNS, MOST_ROWS, sheetsMarkdown, tableMarkdown } from "./table-markdown";
import { builtInCode, dayZero, shownNumber } from "./xlsx-formats";
import { RecordReader, type XlsRecord, xlsRecords } from "./xls-records";

const [BEGIN, END, LOCKED, DATE_MODE, SHEET, TEXTS, FORMAT, STYLE] = [
  0x809, 0x0a, 0x2f, 0x22, 0x85, 0xfc, 0x41e, 0xe0,
];
const [TEXT_AT, NUMBER, SMALL, SMALLS, LABEL, LOGICAL, FORMULA, FORMULA_TEXT] = [
  0xfd, 0x203, 0x27e, 0xbd, 0x204, 0x205, 0x06, 0x207,
];
const ERRORS = new Map([
  [0x00, "#NULL!"],
  [0x07, "#DIV/0!"],
  [0x0f, "#VALUE!"],
  [0x17, "#REF!"],
  [0x1d, "#NAME?"],
  [0x24, "#NUM!"],
  [0x2a, "#N/A"],
]);

/** What holds for all sheets. */
interface Workbook {
  sheets: { name: string; at: number }[];
  texts: string[];
  /** By style: the code of its number format. */
  styles: string[];
  epoch: number;
}

/** An Excel workbook of before 2007: every sheet that is not hidden as a table, dates as ISO dates, formulas by their last value. */
export const readXls: ByteReader = async (input) => {
  // Programs that export to Excel often write something else under its name.
  if (!isCompound(input.bytes)) return readDisguised(input);
  const { file, stream, workbook } = open(input);
  const markdown = sheetsMarkdown(workbook.sheets, ({ name, at }) => {
    if (input.signal.aborted) throw new CancelledError("Reading was stopped.");
    try {
      return `## ${lineText(name)}\n\n${sheetMarkdown(stream, at, workbook)}`.trim();
    } catch (error) {
      throw damagedOffice(input, error); // A record that leads beyond its end.
    }
  });
  return {
    ...compoundFacts(file),
    markdown,
    kind: "table",
    metadata: { sheets: workbook.sheets.map(({ name }) => name.slice(0, 200)) },
  };
};

function open(input: DocumentInput): { file: CompoundFolder; stream: Uint8Array; workbook: Workbook } {
  let file: CompoundFolder;
  try {
    file = readCompound(input.bytes);
  } catch (error) {
    throw damagedOffice(input, error);
  }
  const stream = file.streams.get("workbook");
  if (stream === undefined) {
    throw new ItemError(`${shownName(input.path)} is of an Excel older than 1997, or no workbook.`, {
      action: "Save it in Office as it is today.",
    });
  }
  try {
    const workbook = readWorkbook(stream);
    if (workbook !== undefined) return { file, stream, workbook };
  } catch (error) {
    throw damagedOffice(input, error);
  }
  throw lockedOffice(input);
}

/** Undefined when it is locked. */
function readWorkbook(stream: Uint8Array): Workbook | undefined {
  const workbook: Workbook = { sheets: [], texts: [], styles: [], epoch: dayZero(false) };
  const codes = new Map<number, string>();
  const formats: number[] = [];
  for (const record of xlsRecords(stream, 0)) {
    const { type, data } = record;
    if (type === LOCKED) return undefined;
    if (type === END) break;
    if (type === DATE_MODE) workbook.epoch = dayZero(data.getUint16(0, true) === 1);
    else if (type === FORMAT) codes.set(data.getUint16(0, true), textIn(record, 2));
    else if (type === STYLE) formats.push(data.getUint16(2, true));
    else if (type === TEXTS) workbook.texts = sharedTexts(record);
    // Charts and macros are sheets too; a hidden one has a mark.
    else if (type === SHEET && data.getUint8(5) === 0 && (data.getUint8(4) & 3) === 0) {
      const name = new RecordReader(record, 7).text(data.getUint8(6));
      workbook.sheets.push({ name, at: data.getUint32(0, true) });
    }
  }
  workbook.styles = formats.map((id) => codes.get(id) ?? builtInCode(id));
  return workbook;
}

function textIn(record: XlsRecord, at: number): string {
  return new RecordReader(record, at + 2).text(record.data.getUint16(at, true));
}

function sharedTexts(record: XlsRecord): string[] {
  const reader = new RecordReader(record, 8);
  const count = record.data.getUint32(4, true);
  const texts: string[] = [];
  while (texts.length < count) texts.push(reader.text(reader.short()));
  return texts;
}

function sheetMarkdown(stream: Uint8Array, start: number, workbook: Workbook): string {
  const rows = new Map<number, string[]>();
  let [depth, width] = [0, 0];
  let formulaAt: { row: number; column: number } | undefined;
  const put = (row: number, column: number, value: string) => {
    if (value === "") return;
    const cells = rows.getOrInsertComputed(row, () => []);
    cells[column] = value;
    width = Math.max(width, column + 1);
  };
  for (const record of xlsRecords(stream, start)) {
    const { type, data } = record;
    if (type === BEGIN) depth++;
    else if (type === END && --depth <= 0) break;
    // A chart within a sheet has cells of its own.
    if (depth !== 1 || data.byteLength < 6) continue;
    const [row, column] = [data.getUint16(0, true), data.getUint16(2, true)];
    if (type === FORMULA_TEXT && formulaAt !== undefined)
      put(formulaAt.row, formulaAt.column, textIn(record, 0));
    else if (type === SMALLS) {
      for (let at = 4; at + 8 <= data.byteLength; at += 6)
        put(row, column + (at - 4) / 6, small(data, at + 2, data.getUint16(at, true), workbook));
    } else {
      put(row, column, cellValue(record, workbook));
      if (type === FORMULA) formulaAt = { row, column };
    }
  }
  const sorted = [...rows].sort(([a], [b]) => a - b).map(([, cells]) => cells);
  const shown = sorted.slice(0, MOST_ROWS + 1).map((cells) => Array.from(cells, (value) => value ?? ""));
  return tableMarkdown({ rows: shown, count: sorted.length, width }, MOST_COLUMNS);
}

/** Empty for records that are no cell, and for formulas whose text follows in a record of its own. */
function cellValue(record: XlsRecord, workbook: Workbook): string {
  const { type, data } = record;
  const style = data.getUint16(4, true);
  if (type === TEXT_AT) return workbook.texts[data.getUint32(6, true)] ?? "";
  if (type === NUMBER) return number(data.getFloat64(6, true), style, workbook);
  if (type === SMALL) return small(data, 6, style, workbook);
  if (type === LABEL) return textIn(record, 6);
  if (type === LOGICAL) return logical(data.getUint8(6), data.getUint8(7) === 1);
  if (type !== FORMULA) return "";
  if (data.getUint16(12, true) !== 0xffff) return number(data.getFloat64(6, true), style, workbook);
  const kind = data.getUint8(6);
  return kind === 1 || kind === 2 ? logical(data.getUint8(8), kind === 2) : "";
}

function logical(value: number, isError: boolean): string {
  if (isError) return ERRORS.get(value) ?? "#N/A";
  return value === 1 ? "TRUE" : "FALSE";
}

function number(value: number, style: number, { styles, epoch }: Workbook): string {
  return shownNumber(String(value), styles[style] ?? "", epoch);
}

/** A number in four bytes: whole, or the upper half of a large one, and perhaps a hundred times too large [2.5.217]. */
function small(data: DataView, at: number, style: number, workbook: Workbook): string {
  const bits = data.getInt32(at, true);
  let value = bits >> 2;
  if ((bits & 2) === 0) {
    const whole = new DataView(new ArrayBuffer(8));
    whole.setInt32(4, bits & ~3, true);
    value = whole.getFloat64(0, true);
  }
  return number((bits & 1) === 0 ? value : value / 100, style, workbook);
}
