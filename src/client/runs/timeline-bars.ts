/** Where each step of a run lies on its time line. */
import type { RunStep } from "@/core/models/api";

export interface Bar {
  step: RunStep;
  /** Share of the whole before it starts and while it lasts, 0 to 100. */
  start: number;
  width: number;
}

/** The same bars as they lie within a part of the whole (percent); what lies outside of it has no width. */
export function zoomed(bars: readonly Bar[], [from, to]: readonly [number, number]): Bar[] {
  const scale = 100 / (to - from);
  return bars.map(({ step, start, width }) => {
    const left = Math.max(start, from);
    const right = Math.min(start + width, to);
    return { step, start: (left - from) * scale, width: Math.max(0, right - left) * scale };
  });
}

/** Narrowest bar that can still be seen, as a share of the whole. */
const narrowest = 0.8;

/** A step as it stands at `end`: its last word may be of long ago while something of it is under way. */
function upTo(end: string, step: RunStep): RunStep {
  return step.pending > 0 && Date.parse(end) > Date.parse(step.to) ? { ...step, to: end } : step;
}

/** Bars over the time from the first step's start to `end`, and that time itself (ISO-8601). */
export function timelineBars(
  known: readonly RunStep[],
  from: string,
  end: string,
): { from: string; to: string; bars: Bar[] } {
  const steps = known.map((step) => upTo(end, step));
  const begin = Math.min(Date.parse(from), ...steps.map((step) => Date.parse(step.from)));
  const last = Math.max(Date.parse(end), ...steps.map((step) => Date.parse(step.to)));
  const whole = Math.max(1, last - begin);
  const bars = steps.map((step) => {
    const width = Math.max(narrowest, ((Date.parse(step.to) - Date.parse(step.from)) / whole) * 100);
    const start = Math.min(((Date.parse(step.from) - begin) / whole) * 100, 100 - width);
    return { step, start: Math.max(0, start), width };
  });
  return { from: new Date(begin).toISOString(), to: new Date(last).toISOString(), bars };
}
