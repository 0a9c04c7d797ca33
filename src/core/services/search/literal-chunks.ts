import type { Db } from "@/core/models/database";
import type { Filter } from "./filters";
import type { ParsedQuery } from "./query";

/** How much is read for a query without words. */
interface Limits {
  /** Chunks looked at in one statement, so that other searches come to their turn in between. */
  window: number;
  mostChunks: number;
  /** No window is begun after so many milliseconds: texts that nobody has read lately come from the disk. */
  mostMs: number;
}

const usual: Limits = { window: 500, mostChunks: 10_000, mostMs: 50 };
/** Pieces of a query that are looked for. */
const MOST_PIECES = 5;

/** What a query without words looks for, character by character: emoji, signs. */
export function literalPieces(query: string): string[] {
  // Whether an emoji asks for colour (U+FE0F at its end) is not what somebody looks for.
  const pieces = query.split(/\s+/).map((piece) => piece.replace(/\uFE0F$/, ""));
  return [...new Set(pieces)].filter((piece) => piece !== "").slice(0, MOST_PIECES);
}

/** Whether there is no word in a query, not even one that carries no weight. */
export function isWithoutWords({ terms, fillers }: Pick<ParsedQuery, "terms" | "fillers">): boolean {
  return terms.length + fillers.length === 0;
}

/** Says that not all of the chunks were looked through for a query without words. */
export function literalNote(lookedThrough: number | undefined): string | undefined {
  if (lookedThrough === undefined) return undefined;
  const most = lookedThrough.toLocaleString("en");
  return `The query holds no word, so only the newest ${most} passages were looked through. Add a word to search all.`;
}

export interface LiteralChunks {
  chunks: { id: number; no: number }[];
  /** How many of the newest were looked through, where that was not all of them. */
  lookedThrough?: number;
}

/**
 * The newest chunks that hold every piece of a query as it is written. The index holds words alone, so texts are read
 * for it: only for a query in which there is no word, and only as many of the newest as a moment allows.
 */
export async function literalChunks(
  db: Db,
  query: string,
  filter: Filter,
  limit: number,
  { window, mostChunks, mostMs }: Limits = usual,
): Promise<LiteralChunks> {
  const pieces = literalPieces(query);
  if (pieces.length === 0) return { chunks: [] };
  const began = performance.now();
  const holds = pieces.map(() => "instr(k.text, ?) > 0").join(" AND ");
  const [newest] = await db.raw.all("SELECT coalesce(max(rowId), 0) AS id FROM searchChunk");
  const chunks: LiteralChunks["chunks"] = [];
  const last = Number(newest?.["id"]);
  const first = Math.max(0, last - mostChunks);
  let end = last;
  while (end > first && chunks.length < limit && (end === last || performance.now() - began < mostMs)) {
    const begin = Math.max(first, end - window);
    const rows = await db.raw.all(
      `SELECT c.rowId AS id, c.no FROM searchChunk c CROSS JOIN searchArtifact a ON a.no = c.no
       CROSS JOIN chunk k ON k.rowId = c.rowId
       WHERE c.rowId > ? AND c.rowId <= ? AND ${filter.sql} AND ${holds} ORDER BY c.rowId DESC LIMIT ?`,
      [begin, end, ...filter.parameters, ...pieces, limit - chunks.length],
    );
    chunks.push(...rows.map((row) => ({ id: Number(row["id"]), no: Number(row["no"]) })));
    end = begin;
  }
  return end === 0 || chunks.length === limit ? { chunks } : { chunks, lookedThrough: last - end };
}
