import { describe, expect, test } from "bun:test";
import { artifactPath, routeOf } from "./router";

describe("routes", () => {
  test("are read from paths, with or without a slash at the end", () => {
    expect(routeOf("/")).toEqual({ view: "sources" });
    expect(routeOf("/search/")).toEqual({ view: "search" });
    expect(routeOf("/runs")).toEqual({ view: "runs" });
    expect(routeOf("/nowhere")).toEqual({ view: "missing" });
    expect(routeOf("/artifact")).toEqual({ view: "missing" });
  });

  test("carry any artifact id there and back", () => {
    for (const id of ["a1", "notes/über uns.md", "100%", "設計"]) {
      expect(routeOf(artifactPath(id))).toEqual({ view: "artifact", id });
    }
  });

  test("name the lines that a search found", () => {
    expect(artifactPath("a1", { start: 3, end: 9 })).toBe("/artifact/a1?lines=3-9");
  });

  test("do not fail on broken escapes", () => {
    expect(routeOf("/artifact/%E0%A4%A")).toEqual({ view: "missing" });
  });
});
