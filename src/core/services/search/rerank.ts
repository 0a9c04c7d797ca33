import { messageOf } from "@/core/models/errors";
import type { RankedArtifact } from "./fuse";
import type { Reranker } from "./reranker";

/** Passages that a reranker reads: those of the best artifacts. Each costs it some milliseconds. */
const passagesRead = 20;

/**
 * Fills the reranker's leg of the best artifacts' best passages. One that fails costs its leg, never the search: what
 * happened comes back as a note.
 */
export async function addReranking(
  reranker: Reranker,
  question: string,
  ranked: readonly RankedArtifact[],
  texts: ReadonlyMap<number, string>,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const read = ranked.slice(0, passagesRead).flatMap(({ best }) => {
    const text = texts.get(best.candidate.rowId);
    return text === undefined ? [] : [{ best, text }];
  });
  if (read.length === 0) return undefined;
  try {
    const passages = read.map(({ text }) => text);
    const scores = await reranker.score(question, passages, signal);
    for (const [index, { best }] of read.entries()) best.raw.reranker = scores[index] ?? 0;
    return undefined;
  } catch (error) {
    if (signal?.aborted === true) throw error;
    return `Ranked without the reranker: ${messageOf(error)}`;
  }
}
