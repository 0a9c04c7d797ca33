import { gfmTable } from "@/lib/gfm-table";
import type { Block } from "./block";
import type { RenderContext } from "./context";
import { inlineToGfm } from "./inline";

/**
 * A table as GFM. Without a header row the first line of the table stays empty, since GFM wants one; the cells of a
 * header column are bold.
 */
export function tableToGfm({ text, attributes }: Block, context: RenderContext): string {
  const boldFirst = attributes["header-column"] === "true";
  const rows = [...text.matchAll(/<tr\b[^<>]*>([\s\S]*?)(?:<\/tr>|(?=<tr\b)|$)/gi)].map(([, row = ""]) =>
    [...row.matchAll(/<t[dh]\b[^<>]*>([\s\S]*?)(?:<\/t[dh]>|(?=<t[dh]\b)|$)/gi)].map(
      ([, cell = ""], column) => {
        const words = inlineToGfm(cell.trim(), context);
        return boldFirst && column === 0 && words !== "" && !words.startsWith("**") ? `**${words}**` : words;
      },
    ),
  );
  const width = Math.max(0, ...rows.map((row) => row.length));
  const empty = Array.from({ length: width }, () => "");
  const hasHeader = attributes["header-row"] === "true";
  const header = hasHeader ? [...(rows[0] ?? []), ...empty].slice(0, width) : empty;
  return gfmTable(header, hasHeader ? rows.slice(1) : rows, Number.POSITIVE_INFINITY);
}
