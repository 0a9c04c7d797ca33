import type { Root } from "hast";
import { defaultHandlers, type Handle, toMdast } from "hast-util-to-mdast";
import { gfmToMarkdown } from "mdast-util-gfm";
import { type Options, toMarkdown } from "mdast-util-to-markdown";
import { escapeMarkdown } from "@/lib/escape-markdown";
import { withBlocksApart } from "./html-blocks";
import { withoutLayoutTables } from "./layout-tables";
import { flattenCells } from "./table-cells";

/** A hast tree as GFM: `-` bullets, fenced code, `#` headings, tables without padding. */
export function hastToMarkdown(tree: Root): string {
  const document = withBlocksApart(
    toMdast(withoutLayoutTables(tree), { document: true, handlers: { table } }),
  );
  if (document.type === "root") flattenCells(document);
  return toMarkdown(document, OPTIONS);
}

/** A table within a table is given as a text, which keeps apart from what stands around it. */
const table: Handle = (state, node) => {
  const made = defaultHandlers.table(state, node);
  return made.type === "text" ? { ...made, value: ` ${made.value.replaceAll(/\s+/g, " ")} ` } : made;
};

const OPTIONS: Options = {
  bullet: "-",
  rule: "-",
  fence: "`",
  fences: true,
  listItemIndent: "one",
  resourceLink: false,
  extensions: [gfmToMarkdown({ tablePipeAlign: false, tableCellPadding: true })],
  handlers: {
    // The serialiser's own escaping tries thirty patterns on every text: slow, and hard on words.
    text: (node, _parent, state, info) =>
      escapeMarkdown(String(node.value), {
        atLineStart: info.before === "" || info.before === "\n",
        inTableCell: state.stack.includes("tableCell"),
      }),
  },
};
