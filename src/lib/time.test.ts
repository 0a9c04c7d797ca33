import { expect, test } from "bun:test";
import { isoNow, toIso } from "./time";

test("now is ISO-8601 UTC with milliseconds", () => {
  expect(isoNow(new Date(0))).toBe("1970-01-01T00:00:00.000Z");
  expect(isoNow()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

test("any date becomes ISO-8601 UTC, from text with an offset, milliseconds or a Date", () => {
  expect(toIso("2026-05-01T09:00:00+02:00")).toBe("2026-05-01T07:00:00.000Z");
  expect(toIso(0)).toBe("1970-01-01T00:00:00.000Z");
  expect(toIso(new Date(1))).toBe("1970-01-01T00:00:00.001Z");
});

test("what is no date is undefined", () => {
  for (const nothing of ["", undefined, null, "soon", Number.NaN, new Date(Number.NaN)]) {
    expect(toIso(nothing)).toBeUndefined();
  }
});
