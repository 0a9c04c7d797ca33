/**
 * Content by the block API, for what the markdown endpoint cannot give: one request for a hundred blocks and one for
 * each block with children, so it is the way round and not the way.
 */
import { ForbiddenError, MissingError, RequestRefusedError } from "@/core/services/http/errors";
import { z } from "zod";
import { allOf, type NotionApi } from "../api/notion-api";
import { type ApiBlock, richTextSchema } from "../models/objects";
import { blockLines, contentOf, unknownTag } from "./block-lines";
import type { Budget } from "./budget";
import { richTextToEnhanced } from "./rich-text";

/** Types whose children are items of their own, or are read with the block itself. */
const closed = new Set(["child_page", "child_database", "unsupported"]);

/** A block with everything in it, as enhanced markdown. */
export async function blockToEnhanced(api: NotionApi, id: string, budget: Budget): Promise<string> {
  return (await linesOf(api, await api.block(id), budget, 0, 1)).join("\n");
}

/** What stands in a page or block, as enhanced markdown. */
export async function childrenToEnhanced(api: NotionApi, id: string, budget: Budget): Promise<string> {
  return (await childLines(api, id, budget, 0)).join("\n");
}

async function childLines(api: NotionApi, id: string, budget: Budget, depth: number): Promise<string[]> {
  const note = (what: string) => [unknownTag(`https://app.notion.com/p/${id.replaceAll("-", "")}`, what)];
  if (!budget.take(id, depth)) return note("more content than is read of one page");
  try {
    const blocks = await allOf((cursor) => api.children(id, cursor));
    const lines: string[] = [];
    let number = 0;
    for (const block of blocks) {
      number = block.type === "numbered_list_item" ? numberAfter(number, block) : 0;
      lines.push(...(await linesOf(api, block, budget, depth, number)));
    }
    return lines;
  } catch (error) {
    // A block of a kind that the API cannot list (400), or that is closed to the connection: the page goes on.
    const ofThisBlock = [RequestRefusedError, MissingError, ForbiddenError].some(
      (kind) => error instanceof kind,
    );
    if (!ofThisBlock || depth === 0) throw error;
    return note("content that Notion does not give to programs");
  }
}

/** A list may begin at another number than one. */
function numberAfter(number: number, block: ApiBlock): number {
  return number === 0 ? (contentOf(block).list_start_index ?? 1) : number + 1;
}

async function linesOf(
  api: NotionApi,
  block: ApiBlock,
  budget: Budget,
  depth: number,
  numberInList: number,
): Promise<string[]> {
  if (block.type === "table") return tableLines(api, block, budget, depth);
  const { open, close, nests } = blockLines(block, numberInList);
  const source = childrenSource(block);
  const children = source === undefined ? [] : await childLines(api, source, budget, depth + 1);
  const indented = nests === true && open.length > 0 ? children.map((line) => `\t${line}`) : children;
  return [...open, ...indented, ...(close === undefined ? [] : [close])];
}

/** Where a block's children are: of a copy of a synced block at the original. */
function childrenSource(block: ApiBlock): string | undefined {
  if (closed.has(block.type)) return undefined;
  const copied = z
    .looseObject({ synced_from: z.looseObject({ block_id: z.string() }) })
    .safeParse(block["synced_block"]);
  if (block.type === "synced_block" && copied.success) return copied.data.synced_from.block_id;
  return block.has_children ? block.id : undefined;
}

const rowSchema = z.looseObject({ cells: z.array(z.array(richTextSchema)) });
const tableSchema = z.looseObject({
  has_column_header: z.boolean().optional(),
  has_row_header: z.boolean().optional(),
});

async function tableLines(api: NotionApi, block: ApiBlock, budget: Budget, depth: number): Promise<string[]> {
  const shape = tableSchema.safeParse(block["table"]);
  const header = shape.success && shape.data.has_column_header === true;
  const column = shape.success && shape.data.has_row_header === true;
  if (!budget.take(block.id, depth + 1))
    return [unknownTag(`https://app.notion.com/p/${block.id}`, "a table")];
  const rows = await allOf((cursor) => api.children(block.id, cursor));
  return [
    `<table header-row="${header}" header-column="${column}">`,
    ...rows.flatMap((row) => {
      const cells = rowSchema.safeParse(row["table_row"]);
      if (!cells.success) return [];
      return [
        "\t<tr>",
        ...cells.data.cells.map((cell) => `\t\t<td>${richTextToEnhanced(cell)}</td>`),
        "\t</tr>",
      ];
    }),
    "</table>",
  ];
}
