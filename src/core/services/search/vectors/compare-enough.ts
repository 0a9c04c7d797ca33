import type { Entry, Estimated } from "./bit-store";

/** An entry with its cosine from the stored floats. */
export interface Compared {
  entry: Entry;
  cosine: number;
}

/** Compared at once: enough to see how far off the estimates are. */
const comparedFirst = 150;
/** How many standard deviations of their errors an estimate may be too low: on average the largest are too high. */
const deviations = 3;

/**
 * Compares entries in the order of their estimates until what is left cannot be among the `sure` nearest: as far as the
 * estimates for this query are off by what those that were compared show. Reading floats is what takes time.
 *
 * Source: J. Gao, C. Long, "RaBitQ" (2024), for leaving out by a bound; the bound here is measured, not proven.
 */
export async function compareEnough(
  { entries, estimates }: Estimated,
  sure: number,
  compare: (entries: readonly Entry[]) => Promise<Compared[]>,
): Promise<Compared[]> {
  const compared = await compare(entries.slice(0, comparedFirst));
  const least = compared.map(({ cosine }) => cosine).toSorted((a, b) => b - a)[sure - 1] ?? -1;
  const slack = slackOf(compared, entries, estimates);
  let end = comparedFirst;
  while (end < entries.length && (estimates[end] ?? 0) + slack >= least) end++;
  const rest = entries.slice(comparedFirst, end);
  return rest.length === 0 ? compared : [...compared, ...(await compare(rest))];
}

/** How much larger a cosine may be than its estimate. */
function slackOf(compared: readonly Compared[], entries: readonly Entry[], estimates: Float32Array): number {
  const cosines = new Map(compared.map(({ entry, cosine }) => [entry, cosine]));
  let [count, sum, squares] = [0, 0, 0];
  for (const [at, entry] of entries.slice(0, comparedFirst).entries()) {
    const cosine = cosines.get(entry);
    if (cosine === undefined) continue;
    const off = cosine - (estimates[at] ?? 0);
    count++;
    sum += off;
    squares += off * off;
  }
  if (count === 0) return 0;
  const mean = sum / count;
  return deviations * Math.sqrt(Math.max(0, squares / count - mean * mean));
}
