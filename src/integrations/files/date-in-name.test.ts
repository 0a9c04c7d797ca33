import { expect, test } from "bun:test";
import { dateInName } from "./date-in-name";

test.each([
  ["2026-09-16-renewal.vtt", "2026-09-16T00:00:00.000Z"],
  ["calls/2024-02-29 kick-off.md", "2024-02-29T00:00:00.000Z"],
  ["2026-02-30.md", undefined],
  ["2026-13-01.md", undefined],
  ["2026-09-167.md", undefined],
  ["2026-09-16/notes.md", undefined],
  ["notes 2026-09-16.md", undefined],
])("the day in the name %p is %p", (key, date) => {
  expect(dateInName(key)).toBe(date);
});
