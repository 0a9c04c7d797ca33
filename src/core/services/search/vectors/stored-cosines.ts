import type { Db } from "@/core/models/database";
import { floatsOf } from "./floats";
import type { Model } from "./kind-bits";

/** Cosines of chunks with a query, from the stored floats of one model, by chunk number. */
export async function storedCosines(
  db: Db,
  { model, dimension }: Model,
  query: Float32Array,
  rowIds: readonly number[],
): Promise<Map<number, number>> {
  const rows = await db.raw.all(
    `SELECT k.rowId, e.vector FROM json_each(?) j CROSS JOIN chunk k ON k.rowId = j.value
     CROSS JOIN contentEmbedding e ON e.artifactId = k.artifactId AND e.model = ? AND e.ordinal = k.ordinal`,
    [JSON.stringify(rowIds), model],
  );
  const cosines = new Map<number, number>();
  for (const row of rows) {
    const vector = floatsOf(row["vector"], dimension);
    if (vector !== undefined) cosines.set(Number(row["rowId"]), product(query, vector));
  }
  return cosines;
}

/** Both have length 1, so their product is the cosine. */
export function product(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}
