import type { Db } from "@/core/models/database";
import type { Filter } from "./filters";
import type { ParsedQuery } from "./query";

/** Chunks looked at in one statement, so that other searches come to their turn in between, and in all. */
const WINDOW = 2_000;
const MOST_CHUNKS = 10_000;
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

/** Says that not all of so many chunks were looked through for a query without words. */
export function literalNote(parsed: ParsedQuery, chunks: number): string | undefined {
  if (!isWithoutWords(parsed) || literalPieces(parsed.text).length === 0 || chunks <= MOST_CHUNKS)
    return undefined;
  const most = MOST_CHUNKS.toLocaleString("en");
  return `The query holds no word, so only the newest ${most} passages were looked through. Add a word to search all.`;
}

/**
 * The newest chunks that hold every piece of a query as it is written. The index holds words alone, so texts are read
 * for it: only for a query in which there is no word, and only the newest of many, which takes some 50 ms.
 */
export async function literalChunks(
  db: Db,
  query: string,
  filter: Filter,
  limit: number,
  mostChunks = MOST_CHUNKS,
): Promise<{ id: number; no: number }[]> {
  const pieces = literalPieces(query);
  if (pieces.length === 0) return [];
  const holds = pieces.map(() => "instr(k.text, ?) > 0").join(" AND ");
  const [newest] = await db.raw.all("SELECT coalesce(max(rowId), 0) AS id FROM searchChunk");
  const found: { id: number; no: number }[] = [];
  const last = Number(newest?.["id"]);
  const first = Math.max(0, last - mostChunks);
  for (let end = last; end > first && found.length < limit; end -= WINDOW) {
    const rows = await db.raw.all(
      `SELECT c.rowId AS id, c.no FROM searchChunk c CROSS JOIN searchArtifact a ON a.no = c.no
       CROSS JOIN chunk k ON k.rowId = c.rowId
       WHERE c.rowId > ? AND c.rowId <= ? AND ${filter.sql} AND ${holds} ORDER BY c.rowId DESC LIMIT ?`,
      [Math.max(first, end - WINDOW), end, ...filter.parameters, ...pieces, limit - found.length],
    );
    found.push(...rows.map((row) => ({ id: Number(row["id"]), no: Number(row["no"]) })));
  }
  return found;
}
