import { DAY_MS } from "@/lib/time";
import { dayOf, partsOf } from "./days";
import { occurrences } from "./occurrences";
import type { Recurrence } from "./rule";

/** Months whose dates are written out: that of the reading, and as many after it. */
const MONTHS_AFTER = 2;

export interface Months {
  from: number;
  to: number;
}

/** The days whose dates a series' artifact names. They stay the same until the month ends. */
export function monthsFrom(now: number): Months {
  const { year, month } = partsOf(Math.floor(now / DAY_MS));
  return { from: dayOf(year, month, 1), to: dayOf(year, month + MONTHS_AFTER + 1, 1) - 1 };
}

export interface SeriesDates {
  first: number;
  /** Undefined where there is no end, or the rule could not be read. */
  last: number | undefined;
  /** Within the months; where there are none, the first one after them. */
  shown: number[];
  /** Those of the days within the months on which it takes place by its rule. */
  byRule: number[];
}

/** What is not as the rule says: the days that it would have been on, and those that it is on now. */
export interface Changed {
  away: ReadonlySet<number>;
  added: readonly number[];
}

/** When a series takes place, given what was moved and cancelled. Undefined where it never does: all of it was cancelled. */
export function seriesDates(
  { rule, said, without, also }: Recurrence,
  start: number,
  { away, added }: Changed,
  months: Months,
): SeriesDates | undefined {
  const endless = rule !== undefined && rule.count === undefined && rule.lastDay === undefined;
  // Of a rule that could not be read, only single days are known.
  const isKnown = rule !== undefined || said === "";
  const within = (day: number) => day >= months.from && day <= months.to;
  const days = new Set(also.filter((day) => !away.has(day)));
  for (const day of rule === undefined ? [start] : occurrences(rule, start)) {
    if (!isKnown || without.has(day) || away.has(day)) continue;
    days.add(day);
    if (endless && day > months.to) break;
  }
  const all = inOrder([...days, ...added]);
  const [first] = all;
  if (isKnown && first === undefined) return undefined;
  const shown = all.filter(within);
  const next = shown.length > 0 ? undefined : all.find((day) => day > months.to);
  return {
    first: isKnown ? (first ?? start) : start,
    last: endless || !isKnown ? undefined : all.at(-1),
    shown: next === undefined ? shown : [next],
    byRule: inOrder(days).filter(within),
  };
}

const inOrder = (days: Iterable<number>) => [...new Set(days)].sort((a, b) => a - b);
