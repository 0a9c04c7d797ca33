import { expect, test } from "bun:test";
import { FloatReader, floatsOf } from "./floats";

const blobOf = (numbers: readonly number[]) => new Uint8Array(Float32Array.from(numbers).buffer);

test("a stored vector's numbers come back, wherever its bytes begin", () => {
  const reader = new FloatReader(3);
  const shifted = new Uint8Array(13);
  shifted.set(blobOf([7, -0.5, 0.25]), 1);
  for (const blob of [blobOf([7, -0.5, 0.25]), shifted.subarray(1)]) {
    expect([...(floatsOf(blob, 3) ?? [])]).toEqual([7, -0.5, 0.25]);
    expect([...(reader.read(blob) ?? [])]).toEqual([7, -0.5, 0.25]);
  }
  expect([...(reader.read(blobOf([1, 2, 3])) ?? [])]).toEqual([1, 2, 3]);
});

test("what is no vector of the dimension is none", () => {
  const reader = new FloatReader(3);
  for (const value of [blobOf([1, 2]), blobOf([1, 2, 3, 4]), null, "text", undefined]) {
    expect(floatsOf(value, 3)).toBeUndefined();
    expect(reader.read(value)).toBeUndefined();
  }
});
