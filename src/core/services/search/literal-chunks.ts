import type { Db } from "@/core/models/database";
import type { Filter } from "./filters";

/** Chunks looked at in one statement, so that other searches come to their turn in between. */
const WINDOW = 10_000;
/** Pieces of a query that are looked for. */
const MOST_PIECES = 5;

/** What a query without words looks for, character by character: emoji, signs. */
export function literalPieces(query: string): string[] {
  // Whether an emoji asks for colour (U+FE0F at its end) is not what somebody looks for.
  const pieces = query.split(/\s+/).map((piece) => piece.replace(/\uFE0F$/, ""));
  return [...new Set(pieces)].filter((piece) => piece !== "").slice(0, MOST_PIECES);
}

/**
 * The newest chunks that hold every piece of a query as it is written. The index holds words alone, so texts are read
 * for it: only for a query in which there is no word.
 */
export async function literalChunks(
  db: Db,
  query: string,
  filter: Filter,
  limit: number,
): Promise<{ id: number; no: number }[]> {
  const pieces = literalPieces(query);
  if (pieces.length === 0) return [];
  const holds = pieces.map(() => "instr(k.text, ?) > 0").join(" AND ");
  const [newest] = await db.raw.all("SELECT coalesce(max(rowId), 0) AS id FROM searchChunk");
  const found: { id: number; no: number }[] = [];
  for (let end = Number(newest?.["id"]); end > 0 && found.length < limit; end -= WINDOW) {
    const rows = await db.raw.all(
      `SELECT c.rowId AS id, c.no FROM searchChunk c CROSS JOIN searchArtifact a ON a.no = c.no
       CROSS JOIN chunk k ON k.rowId = c.rowId
       WHERE c.rowId > ? AND c.rowId <= ? AND ${filter.sql} AND ${holds} ORDER BY c.rowId DESC LIMIT ?`,
      [end - WINDOW, end, ...filter.parameters, ...pieces, limit - found.length],
    );
    found.push(...rows.map((row) => ({ id: Number(row["id"]), no: Number(row["no"]) })));
  }
  return found;
}
