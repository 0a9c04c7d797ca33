import { describe, expect, test } from "bun:test";
import { httpSearchSchema } from "@/core/models/search";
import {
  changedCount,
  defaults,
  entitiesOf,
  isFiltered,
  readSearchState,
  searchPath,
  toContext,
  toMaxTokens,
  toSearchInput,
} from "./search-state";

const full = {
  query: "price & seats",
  integration: "Files",
  from: "2026-01-01",
  to: "2026-02-01",
  entities: "Ada, Acme",
  limit: 20,
  context: 1,
  maxTokens: 4_000,
};
const readPath = (path: string) => readSearchState(new URL(path, "http://stoneturner.test").searchParams);

test("settings that are not as usual are counted, those of the words and of a second list are not", () => {
  expect(changedCount(defaults)).toBe(0);
  expect(changedCount(full)).toBe(7);
  const compared = { ...defaults, query: "price", limit: 50, other: { ...defaults, integration: "Files" } };
  expect(changedCount(compared)).toBe(1);
});

describe("a search in the address", () => {
  test("is read as it was written, with what it is compared to", () => {
    expect(readPath(searchPath(full))).toEqual(full);
    const compared = { ...full, other: { ...defaults, integration: "Slack", limit: 50 } };
    expect(readPath(searchPath(compared))).toEqual(compared);
    expect(readPath(searchPath({ ...full, other: defaults }))).toEqual({ ...full, other: defaults });
  });

  test("leaves out what is at its default", () => {
    expect(searchPath({ query: "", ...defaults })).toBe("/search");
    expect(searchPath({ ...defaults, query: "price & seats" })).toBe("/search?q=price+%26+seats");
  });

  test("falls back to defaults for what it does not understand", () => {
    const state = readPath("/search?q=x&limit=7000&from=yesterday&to=2026-13-40&context=9&maxTokens=many");
    expect(state).toEqual({ query: "x", ...defaults });
  });

  test("asks the API what the agents' tool would be asked", () => {
    expect(httpSearchSchema.parse(toSearchInput(full.query, full))).toEqual({
      query: "price & seats",
      limit: 20,
      integration: "Files",
      minDate: "2026-01-01",
      maxDate: "2026-02-01",
      entities: ["Ada", "Acme"],
      context: 1,
      maxTokens: 4_000,
      sizedFor: "agent",
      explain: true,
    });
    expect(toSearchInput(`${"x".repeat(20_000)}\uD800`, defaults).query).toHaveLength(10_000);
  });

  test("bounds its answer only where the tool takes the bound", () => {
    expect(["", null, "99", "100", "1e3", "2.5", "100000", "100001"].map(toMaxTokens)).toEqual([
      ...[null, null, null, 100, 1_000, null, 100_000, null],
    ]);
    expect(["", null, "0", "3", "4", "01"].map(toContext)).toEqual([null, null, 0, 3, null, null]);
  });

  test("is filtered by source, days and names, not by their number", () => {
    expect(isFiltered({ ...defaults, limit: 50 })).toBe(false);
    expect(isFiltered({ ...defaults, to: "2026-01-01" })).toBe(true);
    expect(isFiltered({ ...defaults, entities: " , " })).toBe(false);
    expect(entitiesOf("Ada, ,Ada,  Acme Ltd ")).toEqual(["Ada", "Acme Ltd"]);
  });
});
