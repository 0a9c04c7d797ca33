import { expect, test } from "bun:test";
import { likeness } from "./likeness";

const text = (words: readonly number[], title = 0, heading = 0) => ({
  title,
  heading,
  hashes: Uint32Array.from(words),
});
const counted = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);

test("texts are alike by the share of their different words that both have", () => {
  expect(likeness(text([1, 2, 3, 4]), text([1, 2, 3, 4]))).toBe(1);
  expect(likeness(text([1, 2, 3, 4]), text([5, 6]))).toBe(0);
  expect(likeness(text([1, 2, 3, 4]), text([4]))).toBe(0.5);
  expect(likeness(text([1, 1, 1, 2, 3, 4]), text([4, 4]))).toBe(0.5);
});

test("titles and headings are left out, and a text without words is like none", () => {
  expect(likeness(text([1, 2, 3], 1, 1), text([1, 2, 4], 1, 1))).toBe(0);
  expect(likeness(text([1, 2, 3], 1, 1), text([7, 8, 3], 1, 1))).toBe(1);
  expect(likeness(text([1], 1), text([1], 1))).toBe(0);
});

test("either way round, and asked again, it is the same, whatever was compared in between", () => {
  const [one, other, third] = [text(counted(1, 40)), text(counted(31, 10)), text(counted(36, 90))];
  expect(likeness(one, other)).toBe(0.5);
  expect(likeness(third, one)).toBeCloseTo(5 / 60, 12);
  expect(likeness(other, one)).toBe(0.5);
  expect(likeness(one, third)).toBeCloseTo(5 / 60, 12);
});

test("hashes that meet in one place of the table are told apart", () => {
  const apart = counted(0, 300).map((index) => 7 + index * 4_096);
  expect(likeness(text(apart), text(apart.slice(0, 75)))).toBe(0.5);
  expect(likeness(text(apart.slice(0, 75)), text(apart.slice(75)))).toBe(0);
});

test("of a text of thousands of words the first ones are compared", () => {
  expect(likeness(text(counted(1, 9_000)), text(counted(1, 9_000)))).toBe(1);
  expect(likeness(text(counted(1, 9_000)), text(counted(5_000, 9_000)))).toBe(0);
});
