import { expect, test } from "bun:test";
import { fillDays } from "./days";

const none = { inserted: 0, updated: 0, deleted: 0, failed: 0 };

test("days without a sync are there, and each says what was served at its end", () => {
  const rows = [
    { day: "2026-03-02", ...none, inserted: 10 },
    { day: "2026-03-04", ...none, inserted: 3, deleted: 5, updated: 2 },
  ];
  const days = fillDays(rows, { days: 4, today: "2026-03-04", total: 8 });
  expect(days.map(({ day, total }) => [day, total])).toEqual([
    ["2026-03-01", 0],
    ["2026-03-02", 10],
    ["2026-03-03", 10],
    ["2026-03-04", 8],
  ]);
  expect(days.at(-1)).toMatchObject({ inserted: 3, deleted: 5, updated: 2 });
});

test("counts that do not add up never go below nothing", () => {
  const rows = [{ day: "2026-03-04", ...none, inserted: 900 }];
  const days = fillDays(rows, { days: 2, today: "2026-03-04", total: 8 });
  expect(days.map(({ total }) => total)).toEqual([0, 8]);
});
