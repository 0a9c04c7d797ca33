import { describe, expect, test } from "bun:test";
import { createRandom } from "@test/random";
import { channelRule, type CutRule, conversationsOf, type Line, lotOf, threadRule, verdicts } from "./cut";

const whole = { below: true, above: true };
const HOUR_MS = 3_600_000;

let serial = 0;
function line(at: number, length: number): Line {
  const id = `${Math.floor(at)}${String(++serial % 1_000).padStart(3, "0")}`;
  return { id, at, lot: lotOf(id), length };
}

/** Talk with pauses of minutes, rarely of hours. */
function talk(seed: number, count: number, pause: (random: () => number) => number): Line[] {
  const random = createRandom(seed);
  let at = Date.UTC(2025, 0, 1);
  return Array.from({ length: count }, () => {
    at += pause(random.next);
    return line(at, 20 + random.below(200));
  });
}

const busy = (seed: number, count: number) => talk(seed, count, (next) => 1_000 + next() ** 4 * 600_000);
const even = (count: number) => talk(1, count, () => 60_000);

function keysOf(lines: readonly Line[], rule: CutRule = channelRule): string[] {
  return conversationsOf(lines, verdicts(lines, rule, whole), rule).map((window) => window[0]?.id ?? "");
}

describe("conversations", () => {
  test("end after a long silence and nowhere else in short talk", () => {
    const at = Date.UTC(2025, 0, 1);
    const lines = [0, 1, 2, 7, 8, 13].map((hour) => line(at + hour * HOUR_MS, 10));
    expect(keysOf(lines)).toEqual([lines[0]?.id ?? "", lines[3]?.id ?? "", lines[5]?.id ?? ""]);
    expect(keysOf([])).toEqual([]);
  });

  test.each([
    ["busy", busy(1, 5_000)],
    ["evenly spaced", even(5_000)],
  ])("in %s talk without silences keep to their limits", (_name, lines) => {
    const windows = conversationsOf(lines, verdicts(lines, channelRule, whole), channelRule);
    expect(windows.flat()).toEqual(lines);
    for (const window of windows) {
      expect(window.length).toBeLessThanOrEqual(channelRule.mostMessages);
      expect(window.reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(
        channelRule.mostCharacters,
      );
    }
    expect(windows.length).toBeLessThan(lines.length / channelRule.radius + 1);
  });

  test("are cut at the longest silence far and wide", () => {
    const lines = even(100);
    const later = lines.map(({ length }, index) =>
      line(Date.UTC(2025, 0, 1) + index * 60_000 + (index >= 50 ? HOUR_MS : 0), length),
    );
    expect(keysOf(later)).toEqual([later[0]?.id ?? "", later[50]?.id ?? ""]);
  });

  test("a deletion or a new message moves no key but those next to it", () => {
    const lines = busy(5, 4_000);
    const before = new Set(keysOf(lines));
    const random = createRandom(9);
    for (let round = 0; round < 30; round++) {
      const gone = random.below(lines.length);
      const after = new Set(keysOf(lines.toSpliced(gone, 1)));
      const moved = before.symmetricDifference(after);
      expect(moved.size).toBeLessThanOrEqual(4);
    }
    const longer = [...lines, ...busy(6, 200)];
    expect([...before].filter((key) => !keysOf(longer).includes(key)).length).toBeLessThanOrEqual(1);
  });

  test("are the same whatever part of the talk is at hand, where it says that it knows", () => {
    const lines = busy(7, 3_000);
    const all = verdicts(lines, channelRule, whole);
    const random = createRandom(4);
    for (let round = 0; round < 50; round++) {
      const from = random.below(2_000);
      const part = verdicts(lines.slice(from, from + 700), channelRule, { below: false, above: false });
      const known = part.flatMap((verdict, index) =>
        verdict === "unknown" ? [] : [[verdict, all[from + index]]],
      );
      expect(known.length).toBeGreaterThan(500);
      for (const [mine, theirs] of known) expect(mine).toBe(theirs);
    }
  });

  test("of a thread go on over any silence", () => {
    expect(
      keysOf(
        talk(2, 100, (next) => next() * 90 * HOUR_MS),
        threadRule,
      ),
    ).toHaveLength(1);
  });
});
