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
  const { year, month } = partsOf(Math.floor(now / 86_400_000));
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

/** When a series takes place, given what was moved and cancelled. */
export function seriesDates(
  { rule, without, also }: Recurrence,
  start: number,
  { away, added }: Changed,
  months: Months,
): SeriesDates {
  const beside = [...also.filter((day) => !away.has(day)), ...added].sort((a, b) => a - b);
  const endless = rule !== undefined && rule.count === undefined && rule.lastDay === undefined;
  const within = (day: number) => day >= months.from && day <= months.to;
  const byRule = new Set(also.filter((day) => within(day) && !away.has(day)));
  let next = beside.find((day) => day > months.to);
  let last = beside.at(-1);
  for (const day of rule === undefined ? [] : occurrences(rule, start)) {
    if (without.has(day) || away.has(day)) continue;
    if (day > months.to) next = Math.min(next ?? day, day);
    else if (day >= months.from) byRule.add(day);
    if (endless && day > months.to) break;
    last = Math.max(last ?? day, day);
  }
  const inOrder = (days: Iterable<number>) => [...new Set(days)].sort((a, b) => a - b);
  const shown = inOrder([...byRule, ...added.filter(within)]);
  const known = rule !== undefined || beside.length > 0;
  return {
    first: Math.min(start, ...beside),
    last: endless || !known ? undefined : last,
    shown: shown.length === 0 && next !== undefined ? [next] : shown,
    byRule: inOrder(byRule),
  };
}
