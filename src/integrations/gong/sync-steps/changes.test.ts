import { describe, expect, test } from "bun:test";
import type { JsonValue } from "@/core/models/artifact";
import { Watermark } from "@/core/services/sync/watermark";
import { isTooLong, readFrom, readState, stateAfter } from "./changes";

const DAY_MS = 86_400_000;
const now = new Date("2026-05-20T12:00:00.000Z");

/** What a sync left that began at `now` and saw a call of `started` last. */
function after(started: string | undefined, longReadAt = now) {
  const mark = Watermark.of(null, now);
  if (started !== undefined) mark.see(started);
  return stateAfter(mark, longReadAt);
}

describe("an incremental sync begins", () => {
  test("two weeks, or a day, before the last call that was seen", () => {
    const state = after("2026-05-19T08:00:00.000Z");
    expect(readFrom(state, "long")).toBe("2026-05-05T08:00:00.000Z");
    expect(readFrom(state, "short")).toBe("2026-05-18T08:00:00.000Z");
  });

  test("before its last sync at the latest, whatever future a call is dated to", () => {
    expect(readFrom(after("2031-01-01T00:00:00.000Z"), "long")).toBe("2026-05-06T12:00:00.000Z");
  });

  test("at the beginning where no call was ever seen", () => {
    expect(readFrom(after(undefined), "long")).toBeUndefined();
  });
});

describe("two weeks are too much", () => {
  const state = after("2026-05-19T08:00:00.000Z", new Date(now.getTime() - 2 * 3_600_000));

  test("with more than a thousand calls, when they were read hours ago", () => {
    expect(isTooLong(state, 1_001, now)).toBe(true);
    expect(isTooLong(state, 1_000, now)).toBe(false);
  });

  test("not once they were last read a day ago", () => {
    expect(isTooLong(state, 50_000, new Date(now.getTime() + DAY_MS))).toBe(false);
  });
});

test("what an earlier sync left survives the database; anything else is no state", () => {
  const state = after("2026-05-19T08:00:00.000Z");
  expect(readState(JSON.parse(JSON.stringify(state)))).toEqual(state);
  const others: JsonValue[] = [null, "x", { windows: [] }, { mark: {}, longReadAt: "yesterday" }];
  for (const other of others) expect(readState(other)).toBeUndefined();
});
