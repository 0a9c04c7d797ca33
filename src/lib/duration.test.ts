import { expect, test } from "bun:test";
import { clockTime, shownDuration } from "./duration";

test.each([
  [0, "00:00:00"],
  [-3, "00:00:00"],
  [65.9, "00:01:05"],
  [36_610, "10:10:10"],
])("%p seconds are %s on the clock", (seconds, shown) => expect(clockTime(seconds)).toBe(shown));

test.each([
  [40, "40 s"],
  [2_760, "46 min"],
  [3_600, "1 h"],
  [3_900, "1 h 5 min"],
])("%p seconds last %s", (seconds, shown) => expect(shownDuration(seconds)).toBe(shown));
