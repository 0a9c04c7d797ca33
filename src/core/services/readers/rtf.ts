import { CancelledError, ItemError } from "@/core/models/errors";
import { shownName } from "@/lib/file-names";
import { inlineText, lineText } from "@/lib/markdown-text";
import type { ByteReader } from "./reader";
import { type RtfBlock, RtfText } from "./rtf-text";
import { plainTable } from "./table-markdown";
import { cleanTitle, firstHeading } from "./title";

/** Rich text (RTF 1.9): paragraphs, headings, tables and footnotes; title and author from its properties. */
export const readRtf: ByteReader = (input) => {
  if (!/^\s*\{\\rtf/.test(new TextDecoder("latin1").decode(input.bytes.subarray(0, 100)))) {
    throw new ItemError(`${shownName(input.path)} is damaged and cannot be read.`, {
      action: "Open it in a text program and save it again, or leave the file out.",
    });
  }
  const text = new RtfText(input.bytes).read();
  if (input.signal.aborted) throw new CancelledError("Reading was stopped.");
  const markdown = [
    ...shown(text.blocks),
    ...text.notes.map((note, at) => `\\[${at + 1}\\] ${inlineText(note)}`),
  ];
  const author = cleanTitle(text.author);
  return {
    title: cleanTitle(text.title) || firstHeading(markdown.join("\n\n")),
    markdown: markdown.join("\n\n"),
    kind: "document",
    ...(author === "" ? {} : { author }),
  };
};

function shown(blocks: readonly RtfBlock[]): string[] {
  const parts: string[] = [];
  for (let at = 0; at < blocks.length; at++) {
    const block = blocks[at];
    if (block === undefined) continue;
    if (block.kind === "row") {
      const rows: string[][] = [];
      for (let row = blocks[at]; row?.kind === "row"; row = blocks[++at]) rows.push(row.cells);
      at--;
      parts.push(plainTable(rows));
    } else if (block.level !== undefined) {
      parts.push(`${"#".repeat(Math.min(6, block.level))} ${inlineText(block.text.replaceAll("\n", " "))}`);
    } else {
      const bullet = /^[•·▪◦‣●○■\uf0b7]\s*(.*)$/su.exec(block.text)?.[1];
      const lines = (bullet ?? block.text).split("\n").map((line) => lineText(line));
      // Items of a list stand together.
      const line = `${bullet === undefined ? "" : "- "}${lines.join("\\\n")}`;
      const last = parts.at(-1);
      if (bullet !== undefined && last?.startsWith("- ")) parts[parts.length - 1] = `${last}\n${line}`;
      else parts.push(line);
    }
  }
  return parts.filter((part) => part.trim() !== "");
}
