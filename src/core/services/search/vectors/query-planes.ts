import { bitsAVector, wordsAVector } from "./sign-encoder";

/** Bits that a query's number is rounded to: more of them change no order that counts. */
export const planes = 7;

/** What rounded numbers are in the query's own: `least` and so many `step`s. */
interface Rounding {
  least: number;
  step: number;
  /** Sum of the numbers as they were. */
  total: number;
}

/**
 * Writes a query's numbers as planes of bits, each number rounded to steps above the least of them: the highest bit of
 * all first, then the next.
 *
 * Source: J. Gao, C. Long, "RaBitQ" (2024), section 3.3.
 */
export function writePlanes(turned: Float32Array, words: Uint32Array): Rounding {
  let [least, most, total] = [Infinity, -Infinity, 0];
  for (const value of turned) {
    least = Math.min(least, value);
    most = Math.max(most, value);
    total += value;
  }
  const step = (most - least) / (2 ** planes - 1);
  words.fill(0);
  for (let at = 0; at < bitsAVector; at++) {
    const level = step === 0 ? 0 : Math.round(((turned[at] ?? 0) - least) / step);
    for (let plane = 0; plane < planes; plane++) {
      const word = plane * wordsAVector + (at >> 5);
      if (((level >> (planes - 1 - plane)) & 1) === 1) words[word] = (words[word] ?? 0) | (1 << (at & 31));
    }
  }
  return { least, step, total };
}
