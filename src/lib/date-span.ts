/** Dates that people and agents give: from which moment on, and until which. */

/** Milliseconds since 1970, both inclusive; the same where a moment was given. */
export interface DateSpan {
  start: number;
  end: number;
}

/** A year, a month or a day. Years beyond four digits have a sign and six. */
const calendar = /^(\d{4}|[+-]\d{6})(?:-(\d{2})(?:-(\d{2}))?)?$/;
const moment =
  /^((?:\d{4}|[+-]\d{6})-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?) ?(Z|[+-]\d{2}(?::?\d{2})?)?$/i;

/**
 * What an ISO-8601 date stands for: all of a year (`2026`), of a month (`2026-05`) or of a day, or one moment. Without a
 * zone it is UTC, as all times here are. Undefined for anything else, and for days that no calendar has: `Date.parse`
 * would take "last 7" for July 2001 and the 30th of February for the 2nd of March.
 */
export function dateSpan(text: string): DateSpan | undefined {
  const trimmed = text.trim();
  const [, year = "", month, day] = calendar.exec(trimmed) ?? [];
  if (year !== "") return spanOf(year, month, day);
  const [, date = "", clock = "", zone = "Z"] = moment.exec(trimmed) ?? [];
  if (date === "" || dateSpan(date) === undefined) return undefined;
  const at = Date.parse(
    `${date}T${clock.replace(",", ".")}${zone.length === 3 ? `${zone}:00` : zone.toUpperCase()}`,
  );
  return Number.isNaN(at) ? undefined : { start: at, end: at };
}

function spanOf(year: string, month: string | undefined, day: string | undefined): DateSpan | undefined {
  const first = `${year}-${month ?? "01"}-${day ?? "01"}`;
  const start = Date.parse(first);
  // A day too many counts on into the next month.
  if (Number.isNaN(start) || !new Date(start).toISOString().startsWith(first)) return undefined;
  const next = new Date(start);
  if (day !== undefined) next.setUTCDate(next.getUTCDate() + 1);
  else if (month !== undefined) next.setUTCMonth(next.getUTCMonth() + 1);
  else next.setUTCFullYear(next.getUTCFullYear() + 1);
  // The last day that a Date can name has no next one.
  return { start, end: Number.isNaN(next.getTime()) ? start + 86_399_999 : next.getTime() - 1 };
}
