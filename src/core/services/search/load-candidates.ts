import type { ChunkFacts } from "./text/chunk-facts";
import type { ChunkTerms } from "./text/chunk-rows";
import type { TextIndex } from "./text/text-index";

/** Everything that scoring a chunk needs. */
export interface Candidate extends ChunkFacts, ChunkTerms {
  rowId: number;
}

/** Loads chunks by their numbers; those that are gone by now are left out. */
export async function loadCandidates(text: TextIndex, rowIds: readonly number[]): Promise<Candidate[]> {
  const facts = await text.factsOf(rowIds);
  const terms = await text.rows.termsOf(rowIds);
  const candidates: Candidate[] = [];
  for (const rowId of rowIds) {
    const known = facts.get(rowId);
    const own = terms.get(rowId);
    if (known !== undefined && own !== undefined) candidates.push({ ...known, ...own, rowId });
  }
  return candidates;
}
