import { expect, test } from "bun:test";
import { createRandom } from "@test/random";
import type { Entry } from "./bit-store";
import { compareEnough } from "./compare-enough";

/** A thousand entries whose estimates are off by at most `error`, and how many of them were compared. */
function thousand(cosineOf: (at: number) => number, error: number) {
  const { next } = createRandom(9);
  const all = Array.from({ length: 1_000 }, (_, row) => {
    const cosine = cosineOf(row);
    return { entry: { row, no: row, target: 0 }, cosine, estimate: cosine + error * (2 * next() - 1) };
  }).sort((a, b) => b.estimate - a.estimate);
  const cosines = new Map<Entry, number>(all.map(({ entry, cosine }) => [entry, cosine]));
  const calls: number[] = [];
  const compare = (entries: readonly Entry[]) => {
    calls.push(entries.length);
    return Promise.resolve(entries.map((entry) => ({ entry, cosine: cosines.get(entry) ?? 0 })));
  };
  const near = {
    entries: all.map(({ entry }) => entry),
    estimates: Float32Array.from(all, ({ estimate }) => estimate),
  };
  const run = async (sure: number) => {
    const compared = await compareEnough(near, sure, compare);
    const best = compared.toSorted((a, b) => b.cosine - a.cosine).slice(0, sure);
    return best.map(({ cosine }) => cosine);
  };
  const truth = (sure: number) => [...cosines.values()].sort((a, b) => b - a).slice(0, sure);
  return { run, truth, calls };
}

test("what stands out by more than the estimates are off is found with the first lot", async () => {
  const { run, truth, calls } = thousand((row) => (row < 20 ? 0.9 : 0.3), 0.05);
  expect(await run(20)).toEqual(truth(20));
  expect(calls).toEqual([150]);
});

test("where many are about as near, more are compared, and the nearest are the true ones", async () => {
  const { run, truth, calls } = thousand((row) => 0.6 - row / 5_000, 0.08);
  expect(await run(20)).toEqual(truth(20));
  expect(calls).toHaveLength(2);
  expect(calls[1]).toBeGreaterThan(200);
});

test("estimates that are exact leave the rest alone; all are compared where there are no more than a lot", async () => {
  const exact = thousand((row) => 1 - row / 1_000, 0);
  await exact.run(20);
  expect(exact.calls).toEqual([150]);
  const few = thousand((row) => (row < 100 ? 0.5 : 0.1), 0);
  expect(await few.run(2_000)).toHaveLength(1_000);
  expect(few.calls).toEqual([150, 850]);
});

test("what is gone by now does not count as an error", async () => {
  const entries = Array.from({ length: 300 }, (_, row) => ({ row, no: row, target: 0 }));
  const estimates = Float32Array.from(entries, (_, at) => (at < 30 ? 0.9 : 0.2));
  const asked: number[] = [];
  const compared = await compareEnough({ entries, estimates }, 10, (some) => {
    asked.push(some.length);
    const there = some.filter(({ row }) => row % 2 === 0);
    return Promise.resolve(there.map((entry) => ({ entry, cosine: estimates[entry.row] ?? 0 })));
  });
  expect(asked).toEqual([150]);
  expect(compared).toHaveLength(75);
});
