import { passageSchema, type SearchHit } from "@/core/models/search";
import { safeEnd } from "@/lib/clean-text";
import { estimateTokens } from "@/lib/estimate-tokens";

/** A hit in the shape in which a surface shows it. */
interface ShownHit {
  id?: string | undefined;
  lines?: SearchHit["lines"] | undefined;
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
 * As much of an answer as `maxTokens` allow, best first, and a note of what was left out: first the passages
 * of the last hits, those farthest from the best first, then the last hits, then the end of the only snippet. Tokens are an estimate of the
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
    const some = { results: bare.slice(0, count), notes };
    const cost = costOf(some);
    if (cost <= maxTokens) return withPassages(answer.results, some, maxTokens - cost);
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

/** Gives the passages back, from the best hit on: as many around a hit's best one as fit into `left` tokens. */
function withPassages<Hit extends ShownHit>(
  whole: readonly Hit[],
  bare: Answer<Hit>,
  left: number,
): Answer<Hit> {
  let rest = left;
  const results = bare.results.map((hit, index) => {
    for (const passages of everFewer(whole[index] ?? hit)) {
      const cost = costOfField(passages);
      if (cost > rest) continue;
      rest -= cost;
      return { ...hit, passages };
    }
    return hit;
  });
  return { ...bare, results };
}

/** Exact: marks count by themselves, so a field between others costs what it costs alone. */
const costOfField = (passages: readonly unknown[]) =>
  estimateTokens(`,"passages":${JSON.stringify(passages)}`);

/** A hit's passages, then the best with ever fewer around it, down to itself. */
function everFewer({ id, lines, passages = [] }: ShownHit): (readonly unknown[])[] {
  const found = passages.findIndex((passage) => {
    const place = placeSchema.safeParse(passage).data;
    if (place === undefined || lines === undefined || place.id !== id) return false;
    return place.lines.start <= lines.start && lines.start <= place.lines.end;
  });
  const best = found === -1 ? Math.floor((passages.length - 1) / 2) : found;
  const fewer: (readonly unknown[])[] = passages.length === 0 ? [] : [passages];
  for (let around = Math.max(best, passages.length - 1 - best) - 1; around >= 0; around--)
    fewer.push(passages.slice(Math.max(0, best - around), best + around + 1));
  return fewer;
}

const placeSchema = passageSchema.pick({ id: true, lines: true });

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
