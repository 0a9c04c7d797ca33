import { CancelledError } from "@/core/models/errors";
import { lineText } from "@/lib/markdown-text";
import { commentsMarkdown } from "./comments";
import { sheetComments } from "./xlsx-comments";
import { officeFacts } from "./office-facts";
import { damagedOffice, type OfficeParts, officeParts, relationsOf, walkXml } from "./office-parts";
import type { ByteReader } from "./reader";
import { MOST_COLUMNS, MOST_ROWS, sheetsMarkdown, tableMarkdown } from "./table-markdown";
import { linked, sheetLinks } from "./xlsx-links";
import { readCellFormats } from "./xlsx-formats";

const WORKBOOK = "xl/workbook.xml";

interface Sheet {
  name: string;
  path: string;
}

/**
 * A workbook (ECMA-376, SpreadsheetML): every sheet that is not hidden as a heading with a table, its first row being
 * the table's head. Dates are written as ISO dates, formulas by their last value; comments stand below their sheet.
 */
export const readXlsx: ByteReader = (input) => {
  const parts = officeParts(input);
  const sheets = sheetsOf(parts);
  if (sheets === undefined) throw damagedOffice(input);
  const texts = sharedTexts(parts);
  const markdown = sheetsMarkdown(sheets, ({ name, path }) => {
    if (input.signal.aborted) throw new CancelledError("Reading was stopped.");
    const comments = commentsMarkdown(sheetComments(parts, WORKBOOK, path), 3);
    return [`## ${lineText(name)}`, sheetMarkdown(parts, path, texts), comments]
      .filter((part) => part !== "")
      .join("\n\n");
  });
  return {
    ...officeFacts(parts),
    // The one in the properties is mostly the template's.
    title: undefined,
    markdown,
    kind: "table",
    metadata: { sheets: sheets.map(({ name }) => name.slice(0, 200)) },
  };
};

function sheetsOf(parts: OfficeParts): Sheet[] | undefined {
  if (parts[WORKBOOK] === undefined) return undefined;
  const relations = relationsOf(parts, WORKBOOK);
  const sheets: Sheet[] = [];
  walkXml(parts, WORKBOOK, {
    open: (tag, { name = "", state, "r:id": id = "" }) => {
      const relation = relations.get(id);
      if (tag !== "sheet" || relation?.type !== "worksheet") return;
      if (state === undefined || state === "visible") sheets.push({ name, path: relation.path });
    },
  });
  return sheets;
}

/** Texts that cells point to by number; phonetic readings are left out. */
function sharedTexts(parts: OfficeParts): string[] {
  const texts: string[] = [];
  let inText = false;
  let phonetic = false;
  walkXml(parts, "xl/sharedStrings.xml", {
    open: (name) => {
      if (name === "si") texts.push("");
      else if (name === "t") inText = true;
      else if (name === "rPh") phonetic = true;
    },
    text: (text) => {
      if (inText && !phonetic) texts.push((texts.pop() ?? "") + text);
    },
    close: (name) => {
      if (name === "t") inText = false;
      else if (name === "rPh") phonetic = false;
    },
  });
  return texts;
}

function sheetMarkdown(parts: OfficeParts, path: string, texts: readonly string[]): string {
  const format = readCellFormats(parts);
  const links = sheetLinks(parts, path);
  const rows: string[][] = [];
  let [count, width] = [0, 0];
  let row: string[] = [];
  let cell = { column: -1, place: "", type: "", style: 0, value: "" };
  let reading = false;
  walkXml(parts, path, {
    open: (name, { r: place = "", t: type = "n", s: style = "0" }) => {
      if (name === "row") row = [];
      else if (name === "c")
        cell = { column: columnOf(place) ?? cell.column + 1, place, type, style: Number(style), value: "" };
      else if (name === "v" || name === "t") reading = true;
    },
    text: (text) => {
      if (reading) cell.value += text;
    },
    close: (name) => {
      if (name === "v" || name === "t") reading = false;
      else if (name === "c" && cell.value !== "" && cell.column < 16_384) {
        const value = shownValue(cell, texts, format);
        const address = links.get(cell.place);
        row[cell.column] = address === undefined ? value : linked(value, address);
      } else if (name === "row") {
        cell.column = -1;
        if (row.length === 0) return;
        count++;
        width = Math.max(width, row.length);
        if (rows.length <= MOST_ROWS) rows.push(Array.from(row, (value) => value ?? ""));
      }
    },
  });
  return tableMarkdown({ rows, count, width }, MOST_COLUMNS);
}

function shownValue(
  { type, style, value }: { type: string; style: number; value: string },
  texts: readonly string[],
  format: (style: number, value: string) => string,
): string {
  if (type === "s") return texts[Number(value)] ?? "";
  if (type === "b") return value === "1" ? "TRUE" : "FALSE";
  return type === "n" ? format(style, value) : value;
}

/** `C7` → 2. */
function columnOf(place: string): number | undefined {
  const letters = /^[A-Z]{1,3}(?=\d)/.exec(place)?.[0];
  if (letters === undefined) return undefined;
  return letters.split("").reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
