import { describe, expect, test } from "bun:test";
import { directWith, isDirect } from "./direct";
import { floorOf, isWanted, slackOptionsSchema } from "./options";

const read = (given: Record<string, unknown> = {}) => slackOptionsSchema.parse(given);
const wanted = (given: Record<string, unknown>, name: string, id = "C1") =>
  isWanted(read(given), { id, name });

describe("what a person may choose", () => {
  test("is all channels, files, thirty days, and no direct messages where nothing is said", () => {
    expect(read()).toEqual({
      channels: [],
      exclude: [],
      directMessages: false,
      files: true,
      since: "",
      rereadDays: 30,
    });
    expect([wanted({}, "general"), wanted({}, "ann", "D1"), wanted({}, "mpdm-ann--bob-1")]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test("names channels by name or id in any case, with or without a hash; what is left out wins", () => {
    expect([
      wanted({ channels: "#General" }, "general"),
      wanted({ channels: "c1" }, "x"),
      wanted({ channels: "other" }, "general"),
    ]).toEqual([true, true, false]);
    expect(wanted({ channels: "general", exclude: "#general" }, "general")).toBe(false);
  });

  test("chooses direct messages beside any list of channels, and leaves one out by name or id", () => {
    const given = { directMessages: "yes", channels: "general" };
    expect([
      wanted(given, "ann", "D1"),
      wanted(given, "mpdm-ann--bob-1", "C7"),
      wanted(given, "random"),
    ]).toEqual([true, true, false]);
    expect([
      wanted({ ...given, exclude: "ann" }, "ann", "D1"),
      wanted({ ...given, exclude: "D1" }, "ann", "D1"),
    ]).toEqual([false, false]);
  });

  test("takes days from 0 to 365, and a day that is past, below which nothing is read", () => {
    expect([
      read({ rereadDays: "0" }).rereadDays,
      read({ rereadDays: "" }).rereadDays,
      read({ rereadDays: 7 }).rereadDays,
    ]).toEqual([0, 30, 7]);
    for (const rereadDays of ["-1", "366", "many"])
      expect(slackOptionsSchema.safeParse({ rereadDays }).success).toBe(false);
    expect(slackOptionsSchema.safeParse({ since: "2999-01-01" }).success).toBe(false);
    expect([floorOf(read({ since: "2026-03-03" })), floorOf(read())].map(Number)).toEqual([
      Date.UTC(2026, 2, 3) / 1_000,
      0,
    ]);
  });
});

test("direct messages are told by Slack's own ids and names, and called after the people", () => {
  const group = { id: "G1", name: "mpdm-ann.lee--bob--cem-1" };
  expect([isDirect({ id: "D1", name: "ann" }), isDirect(group), isDirect({ id: "C1", name: "d1" })]).toEqual([
    true,
    true,
    false,
  ]);
  expect([directWith({ id: "D1", name: "Ann Lee" }), directWith(group)]).toEqual([
    "Ann Lee",
    "ann.lee, bob, cem",
  ]);
});
