import { expect, test } from "bun:test";
import type { RunStep } from "@/core/models/api";
import { timelineBars, zoomed } from "./timeline-bars";

const step = (from: number, to: number): RunStep => ({
  step: "sync-data",
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
  tasks: 1,
  failed: 0,
  pending: 0,
});
const iso = (at: number) => new Date(at).toISOString();

test("bars share the time of the whole run", () => {
  const { from, to, bars } = timelineBars([step(0, 50_000), step(50_000, 100_000)], iso(0), iso(100_000));
  expect(bars.map(({ start, width }) => [start, width])).toEqual([
    [0, 50],
    [50, 50],
  ]);
  expect([from, to]).toEqual([iso(0), iso(100_000)]);
});

test("a step of no length is still seen, and none sticks out", () => {
  const [bar] = timelineBars([step(100_000, 100_000)], iso(0), iso(100_000)).bars;
  expect(bar?.width).toBeGreaterThan(0.5);
  expect((bar?.start ?? 0) + (bar?.width ?? 0)).toBeLessThanOrEqual(100);
  expect(timelineBars([step(5, 5)], iso(5), iso(5)).bars[0]?.start).toBeGreaterThanOrEqual(0);
});

test("a step that is under way lasts until now, whenever it was last heard of", () => {
  const whole = { ...step(0, 0), pending: 1 };
  const { bars, to } = timelineBars([whole, step(0, 40_000)], iso(0), iso(80_000));
  expect(bars.map(({ step: { to: last }, width }) => [last, width])).toEqual([
    [iso(80_000), 100],
    [iso(40_000), 50],
  ]);
  expect(to).toBe(iso(80_000));
});

test("a part of the time shows what lies in it, cut at its ends", () => {
  const { bars } = timelineBars([step(0, 50_000), step(50_000, 75_000)], iso(0), iso(100_000));
  const lie = (range: [number, number]) => zoomed(bars, range).map(({ start, width }) => [start, width]);
  expect(lie([0, 100])).toEqual([
    [0, 50],
    [50, 25],
  ]);
  expect(lie([25, 75])).toEqual([
    [0, 50],
    [50, 50],
  ]);
  expect(lie([80, 100]).map(([, width]) => width)).toEqual([0, 0]);
});
