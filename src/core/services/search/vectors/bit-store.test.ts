import { expect, test } from "bun:test";
import { resolve } from "node:path";
import { createRandom } from "@test/random";
import { assemble } from "../../../../../scripts/kernel/assemble";
import { BitStore } from "./bit-store";
import { kernelBytes } from "./kernel-bytes";
import { bitsAVector, SignEncoder, wordsAVector, type BitQuery } from "./sign-encoder";
import { product } from "./stored-cosines";

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

function written(words: Uint32Array, bits: Bits, from: number): number {
  words.set(bits, from);
  return 1;
}

/** A query whose numbers are the signs themselves. */
function asQuery(bits: Bits): BitQuery {
  const turned = Float32Array.from({ length: bitsAVector }, (_, at) =>
    (((bits[at >> 5] ?? 0) >>> (at & 31)) & 1) === 1 ? 1 : -1,
  );
  return { bits, turned, scale: 1 / bitsAVector, base: 0 };
}

/** 5,000 vectors, ten an artifact. */
function filled(): { store: BitStore; all: Bits[] } {
  const random = createRandom(11).next;
  const store = new BitStore();
  const all = Array.from({ length: 5_000 }, () => randomBits(random));
  for (const [at, bits] of all.entries()) {
    store.add({ row: at + 100, no: Math.floor(at / 10), target: at * 2 }, (words, from) =>
      written(words, bits, from),
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
  const { entries: found } = store.nearest(asQuery(query), new Uint8Array(500).fill(1), 50, all.length);
  expect(found.map(({ row }) => row).toSorted((a, b) => a - b)).toEqual(expected);
  for (const { row, no, target } of found)
    expect([no, target]).toEqual([Math.floor((row - 100) / 10), (row - 100) * 2]);
});

test("a mask leaves out everything else, and what it lets through is found whole", () => {
  const { store } = filled();
  const mask = new Uint8Array(500);
  mask[7] = 1;
  mask[499] = 1;
  const { entries } = store.nearest(asQuery(randomBits(createRandom(5).next)), mask, 50, 50);
  const numbers = entries.map(({ no }) => no).toSorted((a, b) => a - b);
  expect(numbers).toEqual([...Array<number>(10).fill(7), ...Array<number>(10).fill(499)]);
  const nothing = store.nearest(asQuery(randomBits(createRandom(5).next)), new Uint8Array(500), 50, 50);
  expect(nothing.entries).toEqual([]);
});

test("what was saved is the same when restored, and can grow", () => {
  const { store, all } = filled();
  const copy = new BitStore();
  const saved = store.save();
  copy.restore(saved.length, (into) => into.set(saved));
  expect(copy.save()).toEqual(saved);
  const query = all[4_321] ?? randomBits(createRandom(1).next);
  const mask = new Uint8Array(600).fill(1);
  expect(copy.nearest(asQuery(query), mask, 20, 9)).toEqual(store.nearest(asQuery(query), mask, 20, 9));
  copy.add({ row: 9_000, no: 599, target: 1 }, (words, from) => written(words, query, from));
  const { entries, estimates } = copy.nearest(asQuery(query), mask, 2, 2);
  expect(entries.map(({ row }) => row)).toEqual([4_421, 9_000]);
  expect(estimates[0]).toBe(estimates[1]);
});

test("equal vectors without end do not all come back", () => {
  const store = new BitStore();
  const same = randomBits(createRandom(2).next);
  for (let row = 1; row <= 3_000; row++)
    store.add({ row, no: 1, target: 0 }, (words, from) => written(words, same, from));
  expect(store.nearest(asQuery(same), new Uint8Array([0, 1]), 10, 40).entries).toHaveLength(40);
});

test("an empty store finds nothing", () => {
  const found = new BitStore().nearest(asQuery(new Uint32Array(wordsAVector)), new Uint8Array(1), 5, 5);
  expect(found).toEqual({ entries: [], estimates: new Float32Array() });
});

/** Estimates are sorted by steps of a millionth. */
function isFalling(estimates: Float32Array): boolean {
  return estimates.every((estimate, at) => at === 0 || estimate <= (estimates[at - 1] ?? 0) + 1e-5);
}

/** Vectors of length 1 in forty groups, as texts on forty subjects would be, all leaning the same way. */
function grouped(count: number, dimension: number): Float32Array[] {
  const random = createRandom(3).next;
  const around = () => random() + random() + random() - 1.5;
  const centres = Array.from({ length: 40 }, () => Float32Array.from({ length: dimension }, around));
  return Array.from({ length: count }, (_, at) => {
    const centre = centres[at % centres.length] ?? new Float32Array(dimension);
    const vector = centre.map((value) => 0.4 + value + around());
    const length = Math.sqrt(product(vector, vector));
    return vector.map((value) => value / length);
  });
}

test("estimates from bits put the nearest of many among the few that are compared, and a chunk is found by its number", () => {
  const dimension = 64;
  const vectors = grouped(4_000, dimension);
  const mean = new Float32Array(dimension);
  for (const vector of vectors)
    for (const [at, value] of vector.entries()) mean[at] = (mean[at] ?? 0) + value / vectors.length;
  const encoder = new SignEncoder(dimension, mean);
  const store = new BitStore();
  for (const [row, vector] of vectors.entries())
    store.add({ row, no: 1, target: row * 3 }, (words, at) => encoder.encode(vector, words, at));
  let [found, worst] = [0, 0];
  const queries = vectors
    .slice(0, 40)
    .map((vector, at) => vector.map((value, i) => value + 0.3 * (vectors[at + 40]?.[i] ?? 0)));
  for (const query of queries) {
    const exact = vectors.map((vector) => product(query, vector));
    const limit = exact.toSorted((a, b) => b - a)[9] ?? 0;
    const near = store.nearest(encoder.encodeQuery(query), new Uint8Array([0, 1]), 800, 80);
    expect(near.entries).toHaveLength(80);
    expect(isFalling(near.estimates)).toBe(true);
    found += near.entries.filter(({ row }) => (exact[row] ?? 0) >= limit).length;
    for (const [at, { row }] of near.entries.entries())
      worst = Math.max(worst, Math.abs((near.estimates[at] ?? 0) - (exact[row] ?? 0)));
  }
  expect(worst).toBeLessThan(0.2);
  expect(found / queries.length).toBeGreaterThan(9.9);
  expect(store.ofTargets([301, 300])).toEqual([{ row: 100, no: 1, target: 300 }]);
  store.add({ row: 5_000, no: 1, target: 7 }, () => 1);
  expect(store.ofTargets([300])).toBeUndefined();
});
