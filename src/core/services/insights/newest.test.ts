import { expect, test } from "bun:test";
import { createRandom } from "@test/random";
import { Newest } from "./newest";

test("the newest of many are kept in order, undated ones last, equal dates by id", () => {
  const random = createRandom(3);
  const things = Array.from({ length: 500 }, (_, n) => ({
    id: `t${String(n).padStart(3, "0")}`,
    date: random.below(4) === 0 ? null : `2026-01-${10 + random.below(20)}`,
  }));
  for (const count of [5, 450]) {
    const newest = new Newest(count);
    for (const { id, date } of things) newest.add(id, date);
    const keys = things.map(({ id, date }) => [date ?? "", id] as const);
    keys.sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? 1 : -1));
    expect(newest.ids()).toEqual(keys.slice(0, count).map(([, id]) => id));
  }
  expect(new Newest(3).ids()).toEqual([]);
});
