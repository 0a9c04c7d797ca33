import { describe, expect, test } from "bun:test";
import type { JsonValue } from "@/core/models/artifact";
import { Watermark } from "@/core/services/sync/watermark";
import { isTooLong, readFrom, readState, stateAfter } from "./changes";
import { halves, readCursor, wholeListing } from "./window";

const now = new Date("2026-03-31T12:00:00.000Z");

describe("a whole listing", () => {
  test("is one window, or one a chosen workspace, and ends a day ahead", () => {
    expect(wholeListing("2026-01-01", [], now)).toEqual({
      windows: [{ from: "2026-01-01T00:00:00.000Z", to: "2026-04-01T12:00:00.000Z" }],
      at: null,
    });
    expect(wholeListing(undefined, ["1", "2"], now).windows.map(({ workspaceId }) => workspaceId)).toEqual([
      "1",
      "2",
    ]);
  });

  test("is found again in its cursor, and in no other", () => {
    const cursor = { ...wholeListing(undefined, ["1"], now), at: "abc" };
    expect(readCursor(JSON.parse(JSON.stringify(cursor)))).toEqual(cursor);
    const others: JsonValue[] = [null, "abc", {}, { windows: "x", at: null }];
    for (const other of others) expect(readCursor(other)).toBeUndefined();
  });

  test("is halved where it would outlive its cursor, without a gap or an overlap", () => {
    const window = { from: "2026-01-01T00:00:00.000Z", to: "2026-01-03T00:00:00.000Z", workspaceId: "1" };
    expect(halves(window, 10_000)).toBeUndefined();
    expect(halves(window, 10_001)).toEqual([
      { ...window, to: "2026-01-02T00:00:00.000Z" },
      { ...window, from: "2026-01-02T00:00:00.000Z" },
    ]);
    expect(halves({ ...window, to: "2026-01-01T01:00:00.000Z" }, 99_999)).toBeUndefined();
  });
});

describe("an incremental listing", () => {
  const mark = Watermark.of(null, now);
  mark.see("2026-03-30T00:00:00.000Z");
  const state = stateAfter(mark, now);

  test("reaches back from the newest call seen, never from one in the future", () => {
    expect(readFrom(state, "long")).toBe("2026-03-16T00:00:00.000Z");
    expect(readFrom(state, "short")).toBe("2026-03-29T00:00:00.000Z");
    const ahead = Watermark.of(null, now);
    ahead.see("2031-01-01T00:00:00.000Z");
    expect(readFrom(stateAfter(ahead, now), "short")).toBe("2026-03-30T12:00:00.000Z");
    expect(readFrom(stateAfter(Watermark.of(null, now), now), "long")).toBeUndefined();
  });

  test("reads two weeks each time where they are few calls, and once a day where they are many", () => {
    const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
    expect(isTooLong(state, 1_000, later(1))).toBe(false);
    expect(isTooLong(state, 1_001, later(1))).toBe(true);
    expect(isTooLong(state, 1_001, later(21))).toBe(false);
  });

  test("goes on from what it left, and from nothing else", () => {
    expect(readState(JSON.parse(JSON.stringify(state)))).toEqual(state);
    for (const other of [null, {}, wholeListing(undefined, [], now)])
      expect(readState(other)).toBeUndefined();
  });
});
