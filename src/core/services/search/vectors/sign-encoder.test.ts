import { expect, test } from "bun:test";
import { createRandom } from "@test/random";
import { bitsAVector, SignEncoder, wordsAVector } from "./sign-encoder";

function distance(one: Uint32Array, other: Uint32Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++)
    for (let bits = (one[at] ?? 0) ^ (other[at] ?? 0); bits !== 0; bits &= bits - 1) sum++;
  return sum;
}

function bitsOf(encoder: SignEncoder, vector: Float32Array): Uint32Array {
  const words = new Uint32Array(wordsAVector);
  encoder.encode(vector, words, 0);
  return words;
}

function randomVector(random: () => number, dimension: number): Float32Array {
  return Float32Array.from({ length: dimension }, () => random() + random() + random() - 1.5);
}

for (const dimension of [100, 256, 384, 1536]) {
  test(`vectors of ${dimension} numbers differ in as many bits as their angle says`, () => {
    const random = createRandom(7).next;
    const encoder = new SignEncoder(dimension, new Float32Array(dimension));
    for (const share of [0, 0.5, 1, 4]) {
      const one = randomVector(random, dimension);
      const noise = randomVector(random, dimension);
      const other = one.map((value, at) => value + share * (noise[at] ?? 0));
      const product = one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
      const angle = Math.acos(Math.min(1, product / Math.hypot(...one) / Math.hypot(...other)));
      const found = distance(bitsOf(encoder, one), bitsOf(encoder, other)) / bitsAVector;
      expect(Math.abs(found - angle / Math.PI)).toBeLessThan(0.1);
    }
  });
}

test("what all vectors have in common is taken off: the rest decides", () => {
  const random = createRandom(3).next;
  const mean = randomVector(random, 256).map((value) => value * 20);
  const vectors = Array.from({ length: 30 }, () =>
    randomVector(random, 256).map((value, at) => value + (mean[at] ?? 0)),
  );
  const spread = (encoder: SignEncoder) => {
    const [first, ...others] = vectors.map((vector) => bitsOf(encoder, vector));
    if (first === undefined) throw new Error("no vectors");
    return others.reduce((sum, other) => sum + distance(first, other), 0) / others.length / bitsAVector;
  };
  expect(spread(new SignEncoder(256, new Float32Array(256)))).toBeLessThan(0.1);
  expect(spread(new SignEncoder(256, mean))).toBeGreaterThan(0.4);
});

for (const [dimension, checksum] of [
  [100, 2_386_511_232],
  [256, 1_819_762_664],
  [384, 2_437_641_320],
] as const) {
  test(`bits of ${dimension} numbers are those in files that earlier versions wrote`, () => {
    const vector = Float32Array.from({ length: dimension }, (_, at) => ((at * 37) % 101) / 50 - 1);
    const mean = Float32Array.from({ length: dimension }, (_, at) => ((at * 13) % 7) / 70);
    expect(Bun.hash.crc32(bitsOf(new SignEncoder(dimension, mean), vector))).toBe(checksum);
  });
}
