import { expect, test } from "bun:test";
import { sources } from "../../../test/browser/fixtures";
import { fitsFilters, readSourceFilters, sourcesPath } from "./source-filters";

const read = (path: string) => readSourceFilters(new URL(path, "http://stoneturner.test").searchParams);

test("the address holds what the list is narrowed to, and nothing else counts", () => {
  for (const filters of [
    { text: "", status: undefined, size: undefined },
    { text: "a & b", status: "parked", size: "many" },
    { text: "", status: undefined, size: "none" },
  ] as const) {
    expect(read(sourcesPath(filters))).toEqual(filters);
  }
  expect(sourcesPath({ text: "", status: undefined, size: undefined })).toBe("/sources");
  expect(read("/sources?status=not_connected&size=huge")).toEqual({
    text: "",
    status: undefined,
    size: undefined,
  });
});

test("a source has to fit all that is asked for", () => {
  const [files] = sources;
  if (files === undefined) throw new Error("The fixtures have no sources.");
  const source = { ...files, status: "connected", artifacts: 1_000 } as const;
  expect(fitsFilters(source, read("/sources"))).toBe(true);
  expect(fitsFilters(source, read("/sources?status=connected&size=many"))).toBe(true);
  expect(fitsFilters(source, read("/sources?status=connected&size=some"))).toBe(false);
  expect(fitsFilters({ ...source, artifacts: 0 }, read("/sources?size=none"))).toBe(true);
  expect(fitsFilters(source, read("/sources?q=handbook"))).toBe(true);
  expect(fitsFilters(source, read("/sources?q=linear"))).toBe(false);
});
