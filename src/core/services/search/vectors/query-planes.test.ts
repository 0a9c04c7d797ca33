import { expect, test } from "bun:test";
import { createRandom } from "@test/random";
import { planes, writePlanes } from "./query-planes";
import { bitsAVector, wordsAVector } from "./sign-encoder";

/** The numbers as the planes have them. */
function readBack(turned: Float32Array): number[] {
  const words = new Uint32Array(planes * wordsAVector).fill(0xffffffff);
  const { least, step } = writePlanes(turned, words);
  return Array.from(turned, (_, at) => {
    let level = 0;
    for (let plane = 0; plane < planes; plane++)
      level = 2 * level + (((words[plane * wordsAVector + (at >> 5)] ?? 0) >>> (at & 31)) & 1);
    return least + level * step;
  });
}

test("no number is further off than half a step, and the ends are exact", () => {
  const { next } = createRandom(4);
  const turned = Float32Array.from({ length: bitsAVector }, () => 3 * next() - 1);
  const step = (Math.max(...turned) - Math.min(...turned)) / (2 ** planes - 1);
  const back = readBack(turned);
  for (const [at, value] of back.entries())
    expect(Math.abs(value - (turned[at] ?? 0))).toBeLessThanOrEqual(step / 2 + 1e-6);
  expect(Math.min(...back)).toBeCloseTo(Math.min(...turned), 6);
  expect(Math.max(...back)).toBeCloseTo(Math.max(...turned), 6);
});

test("equal numbers are all the least of them, with the sum they had", () => {
  const turned = new Float32Array(bitsAVector).fill(0.25);
  expect(new Set(readBack(turned))).toEqual(new Set([0.25]));
  expect(writePlanes(turned, new Uint32Array(planes * wordsAVector)).total).toBe(bitsAVector / 4);
});
