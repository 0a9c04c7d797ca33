import { dayWords, MONTHS, partsOf, WEEKDAYS } from "./days";
import type { Recurrence, Rule } from "./rule";

const NTH = ["", "first", "second", "third", "fourth", "fifth"];

/** A rule as people say it: `every 2 weeks on Monday and Friday, 10 times`. */
export function recurrenceWords({ rule, said, also }: Recurrence, start: number): string {
  if (rule === undefined)
    return said === "" ? (also.length === 0 ? "" : "on single days") : `by the rule ${said}`;
  const unit = rule.interval === 1 ? `every ${rule.every}` : `every ${rule.interval} ${rule.every}s`;
  const ends =
    rule.count === undefined
      ? rule.lastDay === undefined
        ? ""
        : `, until ${dayWords(rule.lastDay)}`
      : rule.count === 1
        ? ", once"
        : `, ${rule.count} times`;
  return `${unit}${placeWords(rule, start)}${ends}`;
}

function placeWords(rule: Rule, start: number): string {
  const { date, month, weekday } = partsOf(start);
  const months = rule.byMonth.map((one) => MONTHS[one - 1] ?? "").filter(Boolean);
  const days = rule.byDay.map((one) => dayName(one));
  const inMonths = months.length === 0 ? "" : ` in ${andList(months)}`;
  const position = rule.bySetPos.map((nth) => nthWords(nth)).join(" and ");
  const ofThese = (names: string) => (position === "" ? names : `the ${position} of ${names}`);
  if (rule.every === "week")
    return ` on ${ofThese(weekWords(days.length === 0 ? [WEEKDAYS[weekday] ?? ""] : days))}${inMonths}`;
  const dates = rule.byMonthDay.map((one) => (one > 0 ? `the ${ordinal(one)}` : nthWords(one, "day")));
  const named = [days.length === 0 ? "" : ofThese(weekWords(days)), andList(dates)]
    .filter(Boolean)
    .join(", ");
  if (rule.every === "day") return `${named === "" ? "" : ` on ${named}`}${inMonths}`;
  if (rule.every === "month") return ` on ${named === "" ? `the ${ordinal(date)}` : named}${inMonths}`;
  return named === ""
    ? ` on ${date} ${andList(months.length === 0 ? [MONTHS[month - 1] ?? ""] : months)}`
    : ` on ${named}${inMonths}`;
}

function dayName({ weekday, nth }: Rule["byDay"][number]): string {
  const name = WEEKDAYS[weekday] ?? "";
  return nth === 0 ? name : nthWords(nth, name).replace(/^(?!the )/, "the ");
}

/** `second`, `last`, `second to last`; with a name behind it: `the last Friday`. */
function nthWords(nth: number, name = ""): string {
  const from =
    nth > 0 ? (NTH[nth] ?? ordinal(nth)) : nth === -1 ? "last" : `${NTH[-nth] ?? ordinal(-nth)} to last`;
  return name === "" ? from : `the ${from} ${name}`;
}

function weekWords(days: readonly string[]): string {
  const week = WEEKDAYS.slice(0, 5);
  return days.length === 5 && week.every((day) => days.includes(day)) ? "Monday to Friday" : andList(days);
}

function andList(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

function ordinal(number: number): string {
  const ending =
    number % 100 > 10 && number % 100 < 14 ? "th" : (["th", "st", "nd", "rd"][number % 10] ?? "th");
  return `${number}${ending}`;
}
