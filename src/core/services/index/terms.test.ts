import { expect, test } from "bun:test";
import { analyse, termHash } from "./analyse";
import { analyseChunk, packTerms, unpackTerms } from "./terms";

test("packed terms read back as title, heading and text", () => {
  const chunk = analyseChunk(analyse("Big Title"), "Setup", "Running dogs");
  const list = unpackTerms(packTerms(chunk, "stem"));
  expect([list.title, list.heading]).toEqual([2, 1]);
  expect([...list.hashes]).toEqual(["big", "titl", "setup", "run", "dog"].map(termHash));
});

test("the exact form keeps the words as written, without case", () => {
  const list = unpackTerms(packTerms(analyseChunk([], null, "Running Dogs"), "exact"));
  expect([...list.hashes]).toEqual(["running", "dogs"].map(termHash));
});

test("bytes at an odd offset are read as well", () => {
  const packed = packTerms(analyseChunk([], null, "one two"), "stem");
  const shifted = new Uint8Array(packed.length + 1);
  shifted.set(packed, 1);
  expect([...unpackTerms(shifted.subarray(1)).hashes]).toEqual([...unpackTerms(packed).hashes]);
});
