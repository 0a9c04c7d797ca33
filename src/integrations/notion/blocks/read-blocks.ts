/**
 * Content by the block API, for what the markdown endpoint cannot give: one request for a hundred blocks and one for
 * each block with children, so it is the way round and not the way.
 */
import {
  ForbiddenError,
  MissingError,
  RequestRefusedError,
  unlessRefused,
} from "@/core/services/http/errors";
import { z } from "zod";
import { allOf, type NotionApi } from "../api/notion-api";
import { pageAddress } from "../markdown/context";
import { type ApiBlock, richTextSchema } from "../models/objects";
import { blockLines, contentOf, unknownTag } from "./block-lines";
import type { Budget } from "./budget";
import { richTextToEnhanced } from "./rich-text";

/** How the content of one page is read. */
export interface BlockReading {
  api: NotionApi;
  budget: Budget;
  /** With the transcripts of meetings. */
  transcripts: boolean;
}

/** Types whose children are items of their own, or are read with the block itself. */
const closed = new Set(["child_page", "child_database", "unsupported"]);

/** A block with everything in it, as enhanced markdown. @param depth how deep it stands in what is read already. */
export async function blockToEnhanced(id: string, reading: BlockReading, depth: number): Promise<string> {
  return (await linesOf(await reading.api.block(id), reading, depth, 1)).join("\n");
}

/** What stands in a page, as enhanced markdown. */
export async function childrenToEnhanced(id: string, reading: BlockReading): Promise<string> {
  return (await childLines(id, reading, 0)).join("\n");
}

/** Undefined for a block of a kind that the API cannot give (400), or one that is closed to the connection. */
export function unlessClosed<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  return unlessRefused(asked, RequestRefusedError, MissingError, ForbiddenError);
}

async function childLines(id: string, reading: BlockReading, depth: number): Promise<string[]> {
  const note = (what: string) => [unknownTag(pageAddress(id), what)];
  // Its markdown may have been asked for before, in vain: what is in it counts by itself.
  const key = `in ${id}`;
  if (reading.budget.met(key)) return note("a copy of what stands further up");
  if (!reading.budget.take(key, depth)) return note("more content than is read of one page");
  const asked = allOf((cursor) => reading.api.children(id, cursor));
  // What is said of the page itself is for the caller to judge.
  const blocks = depth === 0 ? await asked : await unlessClosed(asked);
  if (blocks === undefined) return note("content that Notion does not give to programs");
  const lines: string[] = [];
  let number = 0;
  for (const block of blocks) {
    number = block.type === "numbered_list_item" ? numberAfter(number, block) : 0;
    lines.push(...(await linesOf(block, reading, depth, number)));
  }
  return lines;
}

/** A list may begin at another number than one. */
function numberAfter(number: number, block: ApiBlock): number {
  return number === 0 ? (contentOf(block).list_start_index ?? 1) : number + 1;
}

async function linesOf(
  block: ApiBlock,
  reading: BlockReading,
  depth: number,
  numberInList: number,
): Promise<string[]> {
  if (block.type === "table") return tableLines(block, reading, depth);
  const { open, close, nests } = blockLines(block, numberInList);
  const children = (await meetingLines(block, reading, depth)) ?? (await ownLines(block, reading, depth));
  const indented = nests === true && open.length > 0 ? children.map((line) => `\t${line}`) : children;
  return [...open, ...indented, ...(close === undefined ? [] : [close])];
}

async function ownLines(block: ApiBlock, reading: BlockReading, depth: number): Promise<string[]> {
  const source = childrenSource(block);
  return source === undefined ? [] : childLines(source, reading, depth + 1);
}

const meetingSchema = z.looseObject({
  children: z.looseObject({
    summary_block_id: z.string().optional(),
    notes_block_id: z.string().optional(),
    transcript_block_id: z.string().optional(),
  }),
});

/** The parts of a meeting's notes, each of which is a block of its own; undefined for other blocks. */
async function meetingLines(
  block: ApiBlock,
  reading: BlockReading,
  depth: number,
): Promise<string[] | undefined> {
  const meeting = meetingSchema.safeParse(block["meeting_notes"] ?? block["transcription"]);
  if (!meeting.success) return undefined;
  const {
    summary_block_id: summary,
    notes_block_id: notes,
    transcript_block_id: transcript,
  } = meeting.data.children;
  const parts = { summary, notes, transcript: reading.transcripts ? transcript : undefined };
  const lines: string[] = [];
  for (const [name, id] of Object.entries(parts)) {
    if (id === undefined) continue;
    const inside = await childLines(id, reading, depth + 1);
    lines.push(`<${name}>`, ...inside.map((line) => `\t${line}`), `</${name}>`);
  }
  return lines;
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

async function tableLines(block: ApiBlock, reading: BlockReading, depth: number): Promise<string[]> {
  const shape = tableSchema.safeParse(block["table"]);
  const header = shape.success && shape.data.has_column_header === true;
  const column = shape.success && shape.data.has_row_header === true;
  const isWithin = reading.budget.take(`in ${block.id}`, depth + 1);
  const rows = isWithin
    ? await unlessClosed(allOf((cursor) => reading.api.children(block.id, cursor)))
    : undefined;
  if (rows === undefined) return [unknownTag(pageAddress(block.id), "a table")];
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
