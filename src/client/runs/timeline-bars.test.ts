import { expect, test } from "bun:test";
import type { RunStep } from "@/core/models/api";
import { timelineBars } from "./timeline-bars";

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
  const bars = timelineBars([step(0, 50_000), step(50_000, 100_000)], iso(0), iso(100_000));
  expect(bars.map(({ start, width }) => [start, width])).toEqual([
    [0, 50],
    [50, 50],
  ]);
});

test("a step of no length is still seen, and none sticks out", () => {
  const [bar] = timelineBars([step(100_000, 100_000)], iso(0), iso(100_000));
  expect(bar?.width).toBeGreaterThan(0.5);
  expect((bar?.start ?? 0) + (bar?.width ?? 0)).toBeLessThanOrEqual(100);
  expect(timelineBars([step(5, 5)], iso(5), iso(5))[0]?.start).toBeGreaterThanOrEqual(0);
});
