import { ItemError } from "@/core/models/errors";
import { shownName } from "@/lib/file-names";
import { inlineText, lineText } from "@/lib/markdown-text";
import { isCompound, readCompound } from "./cfb";
import { compoundFacts } from "./cfb-properties";
import { commentsMarkdown } from "./comments";
import { readDisguised } from "./disguised";
import { type DocParagraph, type DocText, LockedDoc, OldDoc, readDocText } from "./doc-text";
import { damagedOffice, lockedOffice } from "./office-parts";
import type { ByteReader, DocumentInput } from "./reader";
import { plainTable } from "./table-markdown";
import { firstHeading } from "./title";

/** A Word document of before 2007: headings, tables, footnotes and comments. */
export const readDoc: ByteReader = async (input) => {
  // Programs that export to Word often write something else under its name.
  if (!isCompound(input.bytes)) return readDisguised(input);
  const { text, facts } = open(input);
  const body = shown(text.text);
  const notes = shown(text.notes);
  const comments = text.comments.map((one) => ({ author: "", date: undefined, text: one.text }));
  return {
    ...facts,
    title: facts.title ?? firstHeading(body),
    markdown: [body, notes, commentsMarkdown(comments)].filter((part) => part !== "").join("\n\n"),
    kind: "document",
  };
};

function open(input: DocumentInput): { text: DocText; facts: ReturnType<typeof compoundFacts> } {
  try {
    const file = readCompound(input.bytes);
    return { text: readDocText(file.streams), facts: compoundFacts(file) };
  } catch (error) {
    if (error instanceof LockedDoc) throw lockedOffice(input, error);
    if (error instanceof OldDoc) {
      throw new ItemError(`${shownName(input.path)} is of a Word older than 1997.`, {
        action: "Save it in Office as it is today.",
        cause: error,
      });
    }
    throw damagedOffice(input, error);
  }
}

function shown(paragraphs: readonly DocParagraph[]): string {
  const blocks: string[] = [];
  let rows: string[][] = [];
  let row: string[] = [];
  let cell: string[] = [];
  const endTable = () => {
    if (cell.length > 0) row.push(cell.splice(0).join("\n"));
    if (row.length > 0) rows.push(row);
    if (rows.length > 0) blocks.push(plainTable(rows));
    [rows, row] = [[], []];
  };
  for (const { text, level, depth, inTable, ends } of paragraphs) {
    if (!inTable) {
      endTable();
      if (text !== "" && depth !== undefined) addItem(blocks, text, depth);
      else if (text !== "") blocks.push(level === undefined ? linesOf(text) : headingOf(text, level));
      continue;
    }
    if (ends !== "row" || text !== "") cell.push(text);
    if (ends !== "paragraph" && cell.length > 0)
      row.push(
        cell
          .splice(0)
          .filter((line) => line !== "")
          .join("\n"),
      );
    if (ends === "row") {
      rows.push(row);
      row = [];
    }
  }
  endTable();
  return blocks.join("\n\n");
}

/** Items of a list stand together; their numbers are not kept with the text. */
function addItem(blocks: string[], text: string, depth: number): void {
  const last = blocks.at(-1);
  const isFirst = last === undefined || !last.startsWith("- ");
  const item = `${isFirst ? "" : "  ".repeat(depth)}- ${inlineText(text.replaceAll("\n", " "))}`;
  if (isFirst) blocks.push(item);
  else blocks[blocks.length - 1] = `${last}\n${item}`;
}

function headingOf(text: string, level: number): string {
  return `${"#".repeat(Math.min(6, level))} ${inlineText(text.replaceAll("\n", " "))}`;
}

function linesOf(text: string): string {
  return text
    .split("\n")
    .map((line) => lineText(line))
    .join("\\\n");
}
