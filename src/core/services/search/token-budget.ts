import type { SearchHit } from "@/core/models/search";
import { safeEnd } from "@/lib/clean-text";
import { estimateTokens } from "@/lib/estimate-tokens";

/** A hit in the shape in which a surface shows it. */
interface ShownHit {
  snippet: string;
  passages?: readonly unknown[] | undefined;
  highlights?: SearchHit["highlights"];
}

/** The part of an answer that is cut to size. */
export interface Answer<Hit> {
  results: Hit[];
  notes: string[];
}

/**
 * As much of an answer as `maxTokens` allow, best first, and a note of what was left out: first the surrounding
 * passages of the last hits, then the last hits, then the end of the only snippet. Tokens are an estimate of the
 * answer's JSON that is rather too high (`estimateTokens`); the answer never exceeds it.
 *
 * @param rest what the surface sends beside results and notes; it counts too.
 */
export function withinTokens<Hit extends ShownHit>(
  answer: Answer<Hit>,
  maxTokens: number,
  rest: object = {},
): Answer<Hit> {
  const costOf = (some: Answer<Hit>) => estimateTokens(JSON.stringify({ ...some, ...rest }));
  const fits = (some: Answer<Hit>) => costOf(some) <= maxTokens;
  if (fits(answer)) return answer;
  const bare = answer.results.map(withoutPassages);
  for (let count = bare.length; count > 0; count--) {
    const notes = [...answer.notes, leftOut(answer.results.length - count, maxTokens)];
    if (!fits({ results: bare.slice(0, count), notes })) continue;
    return withPassages(answer.results, { results: bare.slice(0, count), notes }, fits);
  }
  const notes = [leftOut(answer.results.length - 1, maxTokens)];
  const [best] = bare;
  if (best === undefined) return { results: [], notes: [tooFew(maxTokens)] };
  const needed = costOf({ results: [best], notes });
  return (
    shortest(best, notes, fits) ?? { results: [], notes: [`${tooFew(maxTokens)} The best takes ${needed}.`] }
  );
}

function tooFew(maxTokens: number): string {
  return `Not even one result fits into ${maxTokens} tokens.`;
}

function leftOut(hits: number, maxTokens: number): string {
  const what = hits === 0 ? "Passages" : hits === 1 ? "1 more result" : `${hits} more results`;
  return `${what} left out to stay within ${maxTokens} tokens.`;
}

function withoutPassages<Hit extends ShownHit>(hit: Hit): Hit {
  return { ...hit, passages: undefined };
}

/** Gives the passages back, from the best hit on, where they fit. */
function withPassages<Hit extends ShownHit>(
  whole: readonly Hit[],
  bare: Answer<Hit>,
  fits: (some: Answer<Hit>) => boolean,
): Answer<Hit> {
  let fitted = bare;
  for (const [index, hit] of whole.slice(0, bare.results.length).entries()) {
    if (hit.passages === undefined) continue;
    const more = { ...fitted, results: fitted.results.with(index, hit) };
    if (fits(more)) fitted = more;
  }
  return fitted;
}

/** The only hit with as much of its snippet as fits; undefined when it does not fit without one. */
function shortest<Hit extends ShownHit>(
  hit: Hit,
  notes: string[],
  fits: (some: Answer<Hit>) => boolean,
): Answer<Hit> | undefined {
  const cutTo = (length: number): Answer<Hit> => {
    const snippet = hit.snippet.slice(0, safeEnd(hit.snippet, length));
    const highlights = hit.highlights?.filter(({ end }) => end <= snippet.length);
    return { results: [{ ...hit, snippet, ...(highlights === undefined ? {} : { highlights }) }], notes };
  };
  if (!fits(cutTo(0))) return undefined;
  let [low, high] = [0, hit.snippet.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(cutTo(middle))) low = middle;
    else high = middle - 1;
  }
  return cutTo(low);
}
