import { describe, expect, test } from "bun:test";
import { searchRequestSchema } from "@/core/models/search";
import { isFiltered, readSearchState, searchPath, toSearchInput, withoutFilters } from "./search-state";

const full = {
  query: "price & seats",
  integration: "Files",
  from: "2026-01-01",
  to: "2026-02-01",
  limit: 20,
};
const readPath = (path: string) => readSearchState(new URL(path, "http://stoneturner.test").searchParams);

describe("a search in the address", () => {
  test("is read as it was written", () => {
    expect(readPath(searchPath(full))).toEqual(full);
  });

  test("leaves out what is at its default", () => {
    expect(searchPath({ query: "", integration: "", from: "", to: "", limit: 10 })).toBe("/search");
    expect(searchPath({ ...withoutFilters(full), limit: 10 })).toBe("/search?q=price+%26+seats");
  });

  test("falls back to defaults for what it does not understand", () => {
    const state = readPath("/search?q=x&limit=7000&from=yesterday&to=2026-13-40");
    expect(state).toEqual({ query: "x", integration: "", from: "", to: "", limit: 10 });
  });

  test("asks the API what the agents' tool would be asked", () => {
    expect(searchRequestSchema.parse(toSearchInput(full))).toEqual({
      query: "price & seats",
      limit: 20,
      explain: true,
      integration: "Files",
      minDate: "2026-01-01",
      maxDate: "2026-02-01",
    });
    expect(toSearchInput({ ...withoutFilters(full), query: "  x " })).toEqual({
      query: "x",
      limit: 20,
      explain: true,
    });
  });

  test("knows when it is narrowed", () => {
    expect(isFiltered(full)).toBe(true);
    expect(isFiltered(withoutFilters(full))).toBe(false);
    expect(isFiltered({ ...withoutFilters(full), to: "2026-01-01" })).toBe(true);
  });
});
