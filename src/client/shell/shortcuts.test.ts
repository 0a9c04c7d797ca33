import { expect, test } from "bun:test";
import { places } from "./places";
import { meaningOf } from "./shortcuts";

test("g and a letter lead to a place, each letter to one", () => {
  expect(meaningOf("g", "")).toBe("prefix");
  expect(meaningOf("r", "g")).toEqual({ go: "/runs" });
  expect(meaningOf("r", "")).toBeUndefined();
  expect(new Set(places.map(({ key }) => key)).size).toBe(places.length);
});

test("single keys search, connect and help; others mean nothing", () => {
  expect(meaningOf("/", "")).toEqual({ go: "/search", find: true });
  expect(meaningOf("?", "")).toBe("shortcuts");
  expect(meaningOf("c", "")).toEqual({ go: "/sources?add=1", find: true });
  expect(meaningOf("x", "")).toBeUndefined();
  expect(meaningOf("?", "g")).toBeUndefined();
});
