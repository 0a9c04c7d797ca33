export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Now, or a given instant, as ISO-8601 UTC text with milliseconds. */
export function isoNow(now: Date = new Date()): string {
  return now.toISOString();
}

/** Any date text as ISO-8601 UTC, or undefined when it is no date. */
export function toIso(value: string | number | Date | undefined | null): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  const date = value instanceof Date ? value : new Date(value);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
