import { expect, test } from "bun:test";
import { fitsFilters, readSourceFilters, sourcesPath } from "./source-filters";

const read = (path: string) => readSourceFilters(new URL(path, "http://stoneturner.test").searchParams);

test("the address holds what the list is narrowed to, and nothing else counts", () => {
  for (const filters of [
    { status: undefined, size: undefined },
    { status: "parked", size: "many" },
    { status: undefined, size: "none" },
  ] as const) {
    expect(read(sourcesPath(filters))).toEqual(filters);
  }
  expect(sourcesPath({ status: undefined, size: undefined })).toBe("/sources");
  expect(read("/sources?status=not_connected&size=huge")).toEqual({ status: undefined, size: undefined });
});

test("a source has to fit all that is asked for", () => {
  const source = { status: "connected", artifacts: 1_000 } as const;
  expect(fitsFilters(source, read("/sources"))).toBe(true);
  expect(fitsFilters(source, read("/sources?status=connected&size=many"))).toBe(true);
  expect(fitsFilters(source, read("/sources?status=connected&size=some"))).toBe(false);
  expect(fitsFilters({ ...source, artifacts: 0 }, read("/sources?size=none"))).toBe(true);
});
