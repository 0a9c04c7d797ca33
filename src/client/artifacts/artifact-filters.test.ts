import { describe, expect, test } from "bun:test";
import { afterPress, artifactsPath, isNarrowed, readArtifactFilters, toQuery } from "./artifact-filters";

const read = (text: string) => readArtifactFilters(new URLSearchParams(text));

describe("the list's address", () => {
  test("carries what is chosen there and back, defaults left out", () => {
    expect(artifactsPath(read(""))).toBe("/artifacts");
    const path = "/artifacts?q=price&integration=Files&kind=email&sort=title&order=asc&open=art-7";
    expect(artifactsPath(read(path.split("?")[1] ?? ""))).toBe(path);
  });

  test("leaves what it does not understand at its default", () => {
    expect(read("kind=poem&sort=colour&order=up")).toEqual(read(""));
  });
});

test("the API is asked for what narrows alone, and for no endless text", () => {
  expect(toQuery(read("q=%20%20"))).toEqual({ sortBy: "updateDate", sortOrder: "desc" });
  expect(toQuery(read(`q=${"x".repeat(10_000)}&kind=code`))).toMatchObject({ kind: "code" });
  expect(toQuery(read(`q=${"x".repeat(10_000)}`)).search).toHaveLength(1_000);
  expect(isNarrowed(read("sort=title"))).toBe(false);
  expect(isNarrowed(read("kind=code"))).toBe(true);
});

test("a press on a head sorts, another one turns it round", () => {
  const byTitle = afterPress(read(""), "title");
  expect(byTitle).toMatchObject({ sortBy: "title", sortOrder: "asc" });
  expect(afterPress(byTitle, "title").sortOrder).toBe("desc");
  expect(afterPress(byTitle, "artifactDate")).toMatchObject({ sortBy: "artifactDate", sortOrder: "desc" });
});
