import { product } from "./stored-cosines";

/** Bits of a vector in memory: enough that the nearest ten are among some hundred candidates, see docs/benchmarks.md. */
export const bitsAVector = 512;
export const wordsAVector = bitsAVector / 32;

/** A query's sign bits, and the numbers they are the signs of (without the mean taken off). */
export interface BitQuery {
  bits: Uint32Array;
  turned: Float32Array;
  /** What a product of turned numbers is multiplied by to be one of vectors. */
  scale: number;
  /** The query's product with the mean. */
  base: number;
}

/** Rounds of sign flips and Hadamard transforms: together they turn a vector as a random rotation would. */
const rounds = 2;
const seed = 0x53544f4e;

/**
 * Turns vectors into sign bits: the corpus's mean is subtracted, the rest turned by a rotation that is the same for
 * ever, and each number's sign kept. Without the mean most bits of real embeddings are alike, and without the rotation
 * few numbers carry most of a vector.
 *
 * Source: N. Ailon, B. Chazelle, "The fast Johnson–Lindenstrauss transform" (2009), for the transform.
 */
export class SignEncoder {
  /** Numbers in one rotation: the next power of two. */
  private readonly width: number;
  private readonly flips: Int8Array;
  private readonly thresholds: Float32Array;
  private readonly turned: Float32Array;

  constructor(
    readonly dimension: number,
    readonly mean: Float32Array,
  ) {
    this.width = 2 ** Math.ceil(Math.log2(Math.max(2, dimension)));
    const copies = Math.max(1, Math.ceil(bitsAVector / this.width));
    this.flips = randomSigns(copies * rounds * this.width);
    this.turned = new Float32Array(copies * this.width);
    this.turn(mean);
    this.thresholds = this.turned.slice(0, bitsAVector);
  }

  /**
   * Writes the bits of `vector` into `words`, from `at` on.
   *
   * @returns what a product with these signs is multiplied by to estimate the product with the vector itself, less the
   * mean: see `estimate` in bit-store.ts.
   */
  encode(vector: Float32Array, words: Uint32Array, at: number): number {
    this.turn(vector);
    const { turned, thresholds } = this;
    let sum = 0;
    let square = 0;
    for (let word = 0; word < wordsAVector; word++) {
      let bits = 0;
      for (let bit = 0; bit < 32; bit++) {
        const index = word * 32 + bit;
        const rest = (turned[index] ?? 0) - (thresholds[index] ?? 0);
        // No branch: which way it goes is as good as random.
        bits |= Number(rest > 0) << bit;
        sum += Math.abs(rest);
        square += rest * rest;
      }
      words[at + word] = bits;
    }
    return sum === 0 ? 0 : square / sum;
  }

  /** A query as it is compared with bits: its own, and its turned numbers. */
  encodeQuery(vector: Float32Array): BitQuery {
    const bits = new Uint32Array(wordsAVector);
    this.encode(vector, bits, 0);
    const turned = this.turned.slice(0, bitsAVector);
    const square = product(turned, turned);
    return {
      bits,
      turned,
      scale: square === 0 ? 0 : product(vector, vector) / square,
      base: product(vector, this.mean),
    };
  }

  /** The rotations of `vector`, one after the other. */
  private turn(vector: Float32Array): void {
    const { width, turned, flips } = this;
    for (let from = 0; from < turned.length; from += width) {
      const part = turned.subarray(from, from + width);
      part.fill(0);
      part.set(vector);
      for (let round = 0; round < rounds; round++) {
        const first = from * rounds + round * width;
        for (let index = 0; index < width; index++)
          part[index] = (part[index] ?? 0) * (flips[first + index] ?? 1);
        hadamard(part);
      }
    }
  }
}

/**
 * The Walsh–Hadamard transform, in place and not scaled: signs do not need it. Two of its steps go over the numbers at
 * once; what lies between them is rounded as it would be if it were stored.
 */
function hadamard(values: Float32Array): void {
  const { length } = values;
  let half = 1;
  for (; 4 * half <= length; half *= 4) {
    for (let from = 0; from < length; from += 4 * half)
      for (let at = from; at < from + half; at++) twoSteps(values, at, half);
  }
  if (half === length) return;
  for (let at = 0; at < half; at++) {
    const a = values[at] ?? 0;
    const b = values[at + half] ?? 0;
    values[at] = a + b;
    values[at + half] = a - b;
  }
}

/** Four numbers, `half` apart, of which each pair is a step's and then each pair of pairs the next one's. */
function twoSteps(values: Float32Array, at: number, half: number): void {
  const a = values[at] ?? 0;
  const b = values[at + half] ?? 0;
  const c = values[at + 2 * half] ?? 0;
  const d = values[at + 3 * half] ?? 0;
  const sum = Math.fround(a + b);
  const difference = Math.fround(a - b);
  const nextSum = Math.fround(c + d);
  const nextDifference = Math.fround(c - d);
  values[at] = sum + nextSum;
  values[at + half] = difference + nextDifference;
  values[at + 2 * half] = sum - nextSum;
  values[at + 3 * half] = difference - nextDifference;
}

/** Signs that are the same in every process, by xorshift. */
function randomSigns(count: number): Int8Array {
  let state = seed;
  return Int8Array.from({ length: count }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state & 1) === 0 ? 1 : -1;
  });
}
