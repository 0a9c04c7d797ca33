import { describe, expect, test } from "bun:test";
import { artifactPath, routeOf, runPath, sourcePath } from "./router";

describe("routes", () => {
  test("are read from paths, with or without a slash at the end", () => {
    expect(routeOf("/")).toEqual({ view: "overview" });
    expect(routeOf("/search/")).toEqual({ view: "search" });
    expect(routeOf("/settings/tokens")).toEqual({ view: "settings", id: "tokens" });
    for (const path of ["/nowhere", "/artifact", "/runs/a/b", "/search/x", "/artifact/"]) {
      expect(routeOf(path)).toEqual({ view: "missing" });
    }
  });

  test("lead agents' links for connecting to the sources", () => {
    expect(routeOf("/", new URLSearchParams("connect=Linear"))).toEqual({ view: "sources" });
  });

  test("carry any name there and back", () => {
    for (const id of ["a1", "notes/über uns.md", "100%", "設計"]) {
      expect(routeOf(artifactPath(id))).toEqual({ view: "artifact", id });
      expect(routeOf(sourcePath(id))).toEqual({ view: "source", id });
      expect(routeOf(runPath(id))).toEqual({ view: "run", id });
    }
  });

  test("name the lines that a search found", () => {
    expect(artifactPath("a1", { start: 3, end: 9 })).toBe("/artifact/a1?lines=3-9");
  });

  test("do not fail on broken escapes", () => {
    expect(routeOf("/artifact/%E0%A4%A")).toEqual({ view: "missing" });
  });
});
