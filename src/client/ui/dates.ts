/** Times as people read them. */

const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

const ago = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const day = { day: "numeric", month: "short", year: "numeric" } as const;
const exact = {
  ...day,
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  timeZoneName: "short",
} as const;

/** Formats by zone, each made once: making one takes many times longer than using it, and a list uses hundreds. */
function formats(options: Intl.DateTimeFormatOptions): (at: Date, zone: string | undefined) => string {
  const made = new Map<string | undefined, Intl.DateTimeFormat>();
  return (at, zone) => {
    const zoned = zone === undefined ? options : { ...options, timeZone: zone };
    const format = made.get(zone) ?? new Intl.DateTimeFormat("en-GB", zoned);
    made.set(zone, format);
    return format.format(at);
  };
}
const formatExact = formats(exact);
const formatDay = formats(day);
const formatClock = formats({
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
});

/**
 * "3 minutes ago", "yesterday", "just now"; an empty text for what is no date.
 *
 * @param nearly what is said within a minute of now. Told by the caller: the clocks of two machines differ by seconds.
 */
export function relativeTime(iso: string, now: number, nearly = "just now"): string {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return "";
  const seconds = (at - now) / 1000;
  const step = steps.find(([, size]) => Math.abs(seconds) >= size);
  if (step === undefined) return nearly;
  const [unit, size] = step;
  return ago.format(Math.trunc(seconds / size), unit);
}

/** Date, time and zone, e.g. "3 May 2026, 14:05:10 UTC". */
export function absoluteTime(iso: string, zone?: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  return formatExact(at, zone);
}

/**
 * Whether a time stands for a day of which nobody knows the hour. Such a day is kept as its midnight in UTC: west of
 * Greenwich, that is the evening before.
 */
function isDayAlone(iso: string): boolean {
  return /^\d{4}-\d\d-\d\d(?:T00:00(?::00(?:\.0+)?)?Z)?$/.test(iso);
}

/** The day alone, e.g. "3 May 2026". */
export function dayOf(iso: string, zone?: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  return formatDay(at, isDayAlone(iso) ? "UTC" : zone);
}

/** All that is known of when something was: the time with its zone, or the day where that is all. */
export function dated(iso: string, zone?: string): string {
  return isDayAlone(iso) ? dayOf(iso) : absoluteTime(iso, zone);
}

/** The time of day to the millisecond, e.g. "14:05:10.042", for lines of a log. */
export function clockTime(iso: string, zone?: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? iso : formatClock(at, zone);
}

/** How long from one time to another: "43 ms", "0.4 s", "12 s", "3 min 5 s", "2 h 10 min". */
export function duration(from: string, to: string): string {
  const milliseconds = Math.max(0, Date.parse(to) - Date.parse(from));
  if (Number.isNaN(milliseconds)) return "";
  if (milliseconds < 95) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 9_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
