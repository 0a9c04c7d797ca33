import { describe, expect, test } from "bun:test";
import { dateSpan } from "./date-span";

const words = (text: string) => {
  const span = dateSpan(text);
  return span && [new Date(span.start).toISOString(), new Date(span.end).toISOString()];
};

describe("dateSpan", () => {
  test.each([
    ["2026-05-01", "2026-05-01T00:00:00.000Z", "2026-05-01T23:59:59.999Z"],
    ["2026-02", "2026-02-01T00:00:00.000Z", "2026-02-28T23:59:59.999Z"],
    ["2024-02", "2024-02-01T00:00:00.000Z", "2024-02-29T23:59:59.999Z"],
    ["2026-12", "2026-12-01T00:00:00.000Z", "2026-12-31T23:59:59.999Z"],
    ["2026", "2026-01-01T00:00:00.000Z", "2026-12-31T23:59:59.999Z"],
    ["0001-01-01", "0001-01-01T00:00:00.000Z", "0001-01-01T23:59:59.999Z"],
    ["-000044-03-15", "-000044-03-15T00:00:00.000Z", "-000044-03-15T23:59:59.999Z"],
  ])("%s is all of it", (text, start, end) => {
    expect(words(text)).toEqual([start, end]);
  });

  test.each([
    ["2026-05-01T09:00:00Z", "2026-05-01T09:00:00.000Z"],
    ["2026-05-01t09:00:00z", "2026-05-01T09:00:00.000Z"],
    ["2026-05-01T09:00:00.5+02:00", "2026-05-01T07:00:00.500Z"],
    ["2026-05-01T09:00+0200", "2026-05-01T07:00:00.000Z"],
    ["2026-05-01T09:00-05", "2026-05-01T14:00:00.000Z"],
    ["2026-05-01 09:00:00.123456", "2026-05-01T09:00:00.123Z"],
  ])("%s is a moment", (text, at) => {
    expect(words(text)).toEqual([at, at]);
  });

  test("a time without a zone is UTC wherever the program runs", () => {
    const child = Bun.spawnSync(
      [
        process.execPath,
        "-e",
        'import { dateSpan } from "./date-span"; console.log(dateSpan("2026-05-01T09:00").start)',
      ],
      {
        cwd: import.meta.dir,
        env: { ...process.env, TZ: "Asia/Tokyo" },
      },
    );
    expect(Number(child.stdout.toString())).toBe(Date.parse("2026-05-01T09:00:00Z"));
  });

  test.each([
    ...["last 7", "yesterday 1", "5", "May 2026", "03/04/2026", "soon", "", " ", "2026-3-9"],
    ...[
      "2026-02-30",
      "2025-02-29",
      "2026-13",
      "2026-00-10",
      "2026-05-01T25:00",
      "2026-02-30T09:00Z",
      "2026-05-01T",
    ],
    ...["20260501", "2026-W10", "2026-05-01 or so"],
  ])("%j is none", (text) => {
    expect(dateSpan(text)).toBeUndefined();
  });
});
