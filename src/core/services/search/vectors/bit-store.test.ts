import { expect, test } from "bun:test";
import { resolve } from "node:path";
import { createRandom } from "@test/random";
import { assemble } from "../../../../../scripts/kernel/assemble";
import { BitStore } from "./bit-store";
import { kernelBytes } from "./kernel-bytes";
import { wordsAVector } from "./sign-encoder";

type Bits = Uint32Array<ArrayBuffer>;

function randomBits(random: () => number): Bits {
  return Uint32Array.from({ length: wordsAVector }, () => random() * 2 ** 32);
}

function distance(one: Bits, other: Bits): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++)
    for (let bits = (one[at] ?? 0) ^ (other[at] ?? 0); bits !== 0; bits &= bits - 1) sum++;
  return sum;
}

/** 5,000 vectors, ten an artifact. */
function filled(): { store: BitStore; all: Bits[] } {
  const random = createRandom(11).next;
  const store = new BitStore();
  const all = Array.from({ length: 5_000 }, () => randomBits(random));
  for (const [at, bits] of all.entries()) {
    store.add({ row: at + 100, no: Math.floor(at / 10), target: at * 2 }, (words, from) =>
      words.set(bits, from),
    );
  }
  return { store, all };
}

test("the committed kernel is what its text says", async () => {
  const text = await Bun.file(resolve(import.meta.dir, "../../../../../scripts/kernel/popcount.wat")).text();
  expect(Buffer.from(assemble(text)).toString("base64")).toBe(kernelBytes);
});

test("finds exactly the vectors with the fewest different bits", () => {
  const { store, all } = filled();
  const query = randomBits(createRandom(5).next);
  const distances = all.map((bits) => distance(bits, query));
  const limit = distances.toSorted((a, b) => a - b)[49] ?? 0;
  const expected = distances.flatMap((found, at) => (found <= limit ? [at + 100] : []));
  const found = store.nearest(query, new Uint8Array(500).fill(1), 50);
  expect(found.map(({ row }) => row).toSorted((a, b) => a - b)).toEqual(expected);
  for (const { row, no, target } of found)
    expect([no, target]).toEqual([Math.floor((row - 100) / 10), (row - 100) * 2]);
});

test("a mask leaves out everything else, and what it lets through is found whole", () => {
  const { store } = filled();
  const mask = new Uint8Array(500);
  mask[7] = 1;
  mask[499] = 1;
  const found = store.nearest(randomBits(createRandom(5).next), mask, 50);
  expect(found.map(({ no }) => no)).toEqual([...Array<number>(10).fill(7), ...Array<number>(10).fill(499)]);
  expect(store.nearest(randomBits(createRandom(5).next), new Uint8Array(500), 50)).toEqual([]);
});

test("what was saved is the same when restored, and can grow", () => {
  const { store, all } = filled();
  const copy = new BitStore();
  copy.restore(store.save());
  const query = all[4_321] ?? randomBits(createRandom(1).next);
  const mask = new Uint8Array(600).fill(1);
  expect(copy.nearest(query, mask, 20)).toEqual(store.nearest(query, mask, 20));
  copy.add({ row: 9_000, no: 599, target: 1 }, (words, from) => words.set(query, from));
  expect(copy.nearest(query, mask, 2).map(({ row }) => row)).toEqual([4_421, 9_000]);
});

test("equal vectors without end do not all come back", () => {
  const store = new BitStore();
  const same = randomBits(createRandom(2).next);
  for (let row = 1; row <= 3_000; row++)
    store.add({ row, no: 1, target: 0 }, (words, from) => words.set(same, from));
  expect(store.nearest(same, new Uint8Array([0, 1]), 10)).toHaveLength(40);
});

test("an empty store finds nothing", () => {
  expect(new BitStore().nearest(new Uint32Array(wordsAVector), new Uint8Array(1), 5)).toEqual([]);
});
