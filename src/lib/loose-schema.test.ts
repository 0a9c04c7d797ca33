import { expect, test } from "bun:test";
import { z } from "zod";
import { looseList, looseValue } from "./loose-schema";

const schema = z.looseObject({
  brief: looseValue(z.string()),
  points: looseList(z.looseObject({ text: z.string() })),
});

test("what fits is kept", () => {
  expect(schema.parse({ brief: "b", points: [{ text: "a" }] })).toEqual({
    brief: "b",
    points: [{ text: "a" }],
  });
});

test.each([{}, { brief: null, points: null }, { brief: 4, points: "none" }])(
  "%j counts as not given",
  (value) => {
    const parsed = schema.parse(value);
    expect(parsed.brief ?? undefined).toBeUndefined();
    expect(parsed.points).toEqual([]);
  },
);

test("an entry that does not fit does not take the others along", () => {
  expect(schema.parse({ points: [{ text: "a" }, { odd: 1 }, 7, { text: "b" }] }).points).toEqual([
    { text: "a" },
    { text: "b" },
  ]);
});
