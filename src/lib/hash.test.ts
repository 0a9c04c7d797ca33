import { expect, test } from "bun:test";
import { assert, jsonValue, property } from "fast-check";
import { hashJson, sha256, stableId } from "./hash";

test("sha256 is lower-case hex of the text's UTF-8 bytes", () => {
  expect(sha256("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  expect(sha256("ü")).toBe(sha256(new Uint8Array([0xc3, 0xbc])));
});

test("a stable id is the same for the same parts, short, and safe in a path", () => {
  expect(stableId("Files", "notes", "a.md")).toBe(stableId("Files", "notes", "a.md"));
  expect(stableId("Files", "notes", "a.md")).toMatch(/^[0-9a-f]{24}$/);
});

test("an id is the one that rows stored long ago have", () => {
  expect(stableId("Many", "default", "item-49999")).toBe("17c6507bf9a4d86e50169d25");
  for (const parts of [["ü", "日本", ""], ["half \ud83d", "\ude00 of a pair"], []]) {
    const bytes = Buffer.concat(parts.map((part) => Buffer.from(`${Buffer.byteLength(part)}:${part}`)));
    expect(stableId(...parts)).toBe(sha256(bytes).slice(0, 24));
  }
});

test("parts of an id cannot run together, nor can their order be changed", () => {
  expect(stableId("ab", "c")).not.toBe(stableId("a", "bc"));
  expect(stableId("a", "b")).not.toBe(stableId("b", "a"));
  expect(stableId("a", "")).not.toBe(stableId("a"));
});

test("the hash of a JSON value does not depend on the order of keys, at any depth", () => {
  expect(hashJson({ a: 1, b: { c: [1, 2], d: null } })).toBe(hashJson({ b: { d: null, c: [1, 2] }, a: 1 }));
  expect(hashJson([1, 2])).not.toBe(hashJson([2, 1]));
  expect(hashJson({ a: "1" })).not.toBe(hashJson({ a: 1 }));
  expect(hashJson(undefined)).toBe(hashJson(undefined));
});

test("equal JSON has an equal hash, whatever it is", () => {
  assert(property(jsonValue(), (value) => hashJson(value) === hashJson(JSON.parse(JSON.stringify(value)))));
});
