/** Days as numbers since 1 January 1970, and how they are written. A calendar's days have no time zone. */
import { DAY_MS } from "@/lib/time";

/** Monday first, as a week's days are numbered here. */
export const WEEKDAYS = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
] as const;
export const MONTHS = [
  ...["January", "February", "March", "April", "May", "June", "July", "August", "September", "October"],
  ...["November", "December"],
] as const;

/** @param month from 1; months and days beyond the end run over into what follows. */
export function dayOf(year: number, month: number, date: number): number {
  return Math.floor(Date.UTC(year, month - 1, date) / DAY_MS);
}

export function partsOf(day: number): { year: number; month: number; date: number; weekday: number } {
  const at = new Date(day * DAY_MS);
  const [year, month, date] = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()];
  return { year, month, date, weekday: weekdayOf(day) };
}

/** 0 for Monday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** `2026-05-01` or `20260501`, with anything behind it; undefined for what is no day. */
export function parseDay(text: string | null | undefined): number | undefined {
  const [, year, month, date] = /^(\d{4})-?(\d\d)-?(\d\d)/.exec(text ?? "") ?? [];
  if (year === undefined) return undefined;
  const day = dayOf(Number(year), Number(month), Number(date));
  return partsOf(day).month === Number(month) ? day : undefined;
}

/** `Monday 5 January 2026`. */
export function dayWords(day: number): string {
  const { year, month, date, weekday } = partsOf(day);
  return `${WEEKDAYS[weekday]} ${date} ${MONTHS[month - 1]} ${year}`;
}
