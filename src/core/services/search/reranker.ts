/** Reads a question and a passage together and tells how well the one answers the other: dear, so only for the best. */
export interface Reranker {
  /** A number from 0 to 1 for each passage, in order. */
  score: (question: string, passages: readonly string[], signal?: AbortSignal) => Promise<number[]>;
}
