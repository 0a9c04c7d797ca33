import type { Db, SqlRow } from "@/core/models/database";
import type { Filter } from "@/core/services/search/filters";
import type {
  NearArtifact,
  Nearest,
  VectorCandidates,
} from "@/core/services/search/vectors/vector-candidates";

type ArtifactTable = "keyPointsEmbedding" | "questionsAnsweredEmbedding";

/** What search has to come near: the query compared with every stored vector of one model, as slow as the index is large. */
export function exactVectors(db: Db, model: string): VectorCandidates {
  return {
    candidates: async (query, mask, n): Promise<Nearest> => ({
      chunks: await nearestChunks(db, model, query, mask, n),
      keyPoints: await nearestArtifacts(db, "keyPointsEmbedding", model, query, mask, n),
      questions: await nearestArtifacts(db, "questionsAnsweredEmbedding", model, query, mask, n),
    }),
    cosines: async (query, rowIds) => {
      const rows = await db.raw.all(
        `SELECT k.rowId, e.vector FROM json_each(?) j CROSS JOIN chunk k ON k.rowId = j.value
         CROSS JOIN contentEmbedding e ON e.artifactId = k.artifactId AND e.ordinal = k.ordinal AND e.model = ?`,
        [JSON.stringify(rowIds), model],
      );
      return new Map(rows.map((row) => [Number(row["rowId"]), cosineOf(query, row)]));
    },
  };
}

async function nearestChunks(db: Db, model: string, query: Float32Array, mask: Filter, n: number) {
  const rows = await db.raw.all(
    `SELECT c.rowId, a.no, e.vector FROM searchArtifact a CROSS JOIN searchChunk c ON c.no = a.no
     CROSS JOIN contentEmbedding e ON e.artifactId = a.artifactId AND e.ordinal = c.ordinal AND e.model = ?
     WHERE ${mask.sql}`,
    [model, ...mask.parameters],
  );
  return rows
    .map((row) => ({ rowId: Number(row["rowId"]), no: Number(row["no"]), cosine: cosineOf(query, row) }))
    .sort((a, b) => b.cosine - a.cosine || a.rowId - b.rowId)
    .slice(0, n);
}

async function nearestArtifacts(
  db: Db,
  table: ArtifactTable,
  model: string,
  query: Float32Array,
  mask: Filter,
  n: number,
): Promise<NearArtifact[]> {
  const rows = await db.raw.all(
    `SELECT a.no, e.vector FROM searchArtifact a
     CROSS JOIN ${table} e ON e.artifactId = a.artifactId AND e.model = ? WHERE ${mask.sql}`,
    [model, ...mask.parameters],
  );
  const best = new Map<number, number>();
  for (const row of rows) {
    const no = Number(row["no"]);
    best.set(no, Math.max(best.get(no) ?? -1, cosineOf(query, row)));
  }
  return [...best]
    .map(([no, cosine]) => ({ no, cosine }))
    .sort((a, b) => b.cosine - a.cosine || a.no - b.no)
    .slice(0, n);
}

/** Both have length 1, so their product is the cosine. */
function cosineOf(query: Float32Array, row: SqlRow): number {
  const bytes = row["vector"];
  if (!(bytes instanceof Uint8Array) || bytes.byteLength !== query.byteLength) return 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let sum = 0;
  for (let at = 0; at < query.length; at++) sum += (query[at] ?? 0) * view.getFloat32(at * 4, true);
  return sum;
}
