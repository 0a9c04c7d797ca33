import { expect, test } from "bun:test";
import { compareIds, highestOf, idAt, idBefore, orderKey, snowflakeSchema, timeOfId } from "./snowflake";

test("ids of up to twenty digits keep every digit and their order", () => {
  const ids = [
    "99999999999999999999",
    "0",
    "175928847299117063",
    "9007199254740993",
    "9007199254740992",
    "1575225233189634054",
  ];
  const numeric = ids.toSorted((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
  expect(ids.toSorted(compareIds)).toEqual(numeric);
  expect(ids.toSorted((a, b) => (orderKey(a) < orderKey(b) ? -1 : 1))).toEqual(numeric);
  expect(snowflakeSchema.safeParse(157_522_523).success).toBe(false);
  expect(snowflakeSchema.safeParse("123456789012345678901").success).toBe(false);
});

test("an id tells its time, and a time its lowest id", () => {
  // The example of Discord's own documentation.
  expect(new Date(timeOfId("175928847299117063")).toISOString()).toBe("2016-04-30T11:18:25.796Z");
  const lowest = idAt(Date.UTC(2024, 0, 31));
  expect(timeOfId(lowest)).toBe(Date.UTC(2024, 0, 31));
  expect(timeOfId(idBefore(lowest))).toBe(Date.UTC(2024, 0, 31) - 1);
  expect(idAt(0)).toBe("0");
  expect(idBefore("0")).toBe("0");
});

test("the highest of ids is that by number, not by text", () => {
  expect(highestOf("9")).toBe("9");
  expect(highestOf("9", "100", "99")).toBe("100");
  expect(highestOf("18446744073709551615", "18446744073709551614", "0")).toBe("18446744073709551615");
});
