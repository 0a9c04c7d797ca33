import { analyse } from "@/core/services/index/analyse";

/** Chunks that have a word, from which reading its postings takes a search noticeable time. */
const leastChunks = 5_000;
/** Postings read ahead of any search, at six bytes each: some 18 MB. */
const mostPostings = 3_000_000;

/**
 * Stems that many of an index's `chunks` have, judged by the texts of some of them: the commonest first, as many as may
 * be kept. Those in more than half are left out, since their postings are read another way.
 */
export function commonTerms(texts: readonly string[], chunks: number): string[] {
  // No word is in so many and yet not in most.
  if (chunks / 2 < leastChunks) return [];
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const stem of new Set(analyse(text).map((token) => token.stem)))
      counts.set(stem, (counts.get(stem) ?? 0) + 1);
  }
  const each = chunks / Math.max(1, texts.length);
  const common = [...counts]
    .map(([stem, count]) => ({ stem, chunks: count * each }))
    .filter((term) => term.chunks >= leastChunks && term.chunks <= chunks / 2)
    .sort((a, b) => b.chunks - a.chunks);
  let postings = 0;
  return common.filter((term) => (postings += term.chunks) <= mostPostings).map(({ stem }) => stem);
}
