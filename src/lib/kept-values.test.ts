import { expect, test } from "bun:test";
import { KeptValues } from "./kept-values";

test("what was kept is given until it has to make room, and never more is kept than allowed", () => {
  const kept = new KeptValues<string>(100, () => 0);
  kept.keep(1, "a", 40);
  kept.keep(2, "b", 40);
  expect([kept.get(1), kept.get(2), kept.get(3), kept.size]).toEqual(["a", "b", undefined, 80]);
  kept.keep(3, "c", 60);
  expect([kept.get(1), kept.get(2), kept.get(3), kept.size]).toEqual([undefined, "b", "c", 100]);
  kept.keep(4, "d", 41);
  // The first of the list went: the last had taken the place of the one that went before.
  expect([kept.get(2), kept.get(3), kept.get(4), kept.size]).toEqual([undefined, undefined, "d", 41]);
});

test("a value that is there already or does not fit at all changes nothing", () => {
  const kept = new KeptValues<string>(100);
  kept.keep(1, "a", 90);
  kept.keep(1, "b", 20);
  kept.keep(2, "c", 101);
  expect([kept.get(1), kept.get(2), kept.size]).toEqual(["a", undefined, 90]);
  kept.clear();
  expect([kept.get(1), kept.size]).toEqual([undefined, 0]);
  kept.keep(1, "b", 100);
  expect(kept.get(1)).toBe("b");
});

test("of what is asked for in turns and does not all fit, a share is found each time", () => {
  // A generator of the same numbers each time (Park and Miller 1988).
  let seed = 1;
  const kept = new KeptValues<number>(800, () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647);
  let found = 0;
  for (let turn = 0; turn < 20; turn++) {
    for (let id = 0; id < 1_000; id++) {
      if (kept.get(id) === undefined) kept.keep(id, id, 1);
      else if (turn >= 10) {
        expect(kept.get(id)).toBe(id);
        found++;
      }
    }
    expect(kept.size).toBe(800);
  }
  expect(found / 10_000).toBeGreaterThan(0.55);
});
