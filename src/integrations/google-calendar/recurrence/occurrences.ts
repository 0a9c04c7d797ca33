/** The days of a rule, one after the other. */
import { dayOf, partsOf, weekdayOf } from "./days";
import { type Rule, weekdaysOf } from "./rule";

/** Days, weeks, months or years that are looked at: a rule may never come true. */
const MOST_PERIODS = 20_000;

/** Its days in order from the first, which counts whatever the rule says. Endless ones end somewhere far ahead. */
export function* occurrences(rule: Rule, start: number): Generator<number> {
  let left = (rule.count ?? Number.POSITIVE_INFINITY) - 1;
  yield start;
  for (let index = 0; index < MOST_PERIODS; index++) {
    for (const day of chosen(rule, daysOfPeriod(rule, start, index))) {
      if (day <= start) continue;
      if (left <= 0 || day > (rule.lastDay ?? day)) return;
      left--;
      yield day;
    }
  }
}

/** Some of a period's days by their place among them, or all. */
function chosen({ bySetPos }: Rule, days: readonly number[]): number[] {
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  if (bySetPos.length === 0) return sorted;
  return sorted.filter((_day, at) =>
    bySetPos.some((place) => place === at + 1 || place === at - sorted.length),
  );
}

function daysOfPeriod(rule: Rule, start: number, index: number): number[] {
  const { every, byMonth } = rule;
  const step = index * rule.interval;
  const inMonths = (day: number) => byMonth.length === 0 || byMonth.includes(partsOf(day).month);
  const first = partsOf(start);
  if (every === "day") return fits(rule, start + step) ? [start + step] : [];
  if (every === "week") {
    const monday = start - ((weekdayOf(start) - rule.weekStart + 7) % 7) + 7 * step;
    return weekdaysOf(rule, start)
      .map((weekday) => monday + ((weekday - rule.weekStart + 7) % 7))
      .filter(inMonths);
  }
  if (every === "month")
    return daysOfMonth(rule, first.year, first.month + step, first.date).filter(inMonths);
  const months = rule.byMonthDay.length > 0 ? Array.from({ length: 12 }, (_, at) => at + 1) : [first.month];
  return (byMonth.length > 0 ? byMonth : months).flatMap((month) =>
    daysOfMonth(rule, first.year + step, month, first.date),
  );
}

function fits({ byDay, byMonth, byMonthDay }: Rule, day: number): boolean {
  const { month, date, weekday } = partsOf(day);
  return (
    (byDay.length === 0 || byDay.some((one) => one.weekday === weekday)) &&
    (byMonth.length === 0 || byMonth.includes(month)) &&
    (byMonthDay.length === 0 || byMonthDay.includes(date))
  );
}

/** @param fallback the date, where the rule names no day. A month without that date is passed over. */
function daysOfMonth({ byDay, byMonthDay }: Rule, year: number, month: number, fallback: number): number[] {
  const [first, end] = [dayOf(year, month, 1), dayOf(year, month + 1, 1)];
  const named = (byMonthDay.length > 0 || byDay.length > 0 ? byMonthDay : [fallback])
    .map((date) => (date > 0 ? first + date - 1 : end + date))
    .filter((day) => day >= first && day < end);
  if (byDay.length === 0) return named;
  const inMonth = byDay.flatMap(({ weekday, nth }) => {
    const earliest = first + ((weekday - weekdayOf(first) + 7) % 7);
    const days = Array.from({ length: Math.ceil((end - earliest) / 7) }, (_, at) => earliest + 7 * at);
    return nth === 0 ? days : (days.at(nth > 0 ? nth - 1 : nth) ?? []);
  });
  return byMonthDay.length === 0 ? inMonth : inMonth.filter((day) => named.includes(day));
}
