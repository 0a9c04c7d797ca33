/** Where more than so many times what was asked for tie, as equal texts do, the rest is left out. */
export const mostTies = 4;

/** Estimates are ranked from this one down, in so many steps, and each step holds so many places. */
const leastRank = 4;
const ranks = 2 ** 20;
const places = 2 ** 24;

/** Where the `n` largest estimates are (or a few more, where they tie), the largest first. */
export function best(estimates: Float32Array, n: number): Uint32Array {
  const limit = estimates.length <= n ? -Infinity : (estimates.toSorted().at(-n) ?? 0);
  const chosen = new Float64Array(Math.min(estimates.length, n * mostTies));
  let count = 0;
  for (let at = 0; at < estimates.length && count < chosen.length; at++) {
    const estimate = estimates[at] ?? 0;
    // One number for rank and place: many times faster to sort than with a function that compares.
    if (estimate >= limit) chosen[count++] = Math.round((leastRank - estimate) * ranks) * places + at;
  }
  return Uint32Array.from(chosen.subarray(0, count).sort(), (rank) => rank % places);
}
