/** What clocks on the wall show in a time zone. */
import { DAY_MS } from "@/lib/time";
import { dayOf } from "./days";

export interface WallTime {
  day: number;
  /** Since midnight. */
  minutes: number;
}

/** Making one takes long; null for a zone that is not known. */
const formats = new Map<string, Intl.DateTimeFormat | null>();
/** More than there are: beyond it, somebody makes names up. */
const MOST_ZONES = 1_000;

/** @param zone an IANA name; one that is not known here counts as UTC. */
export function wallTime(instant: number, zone: string): WallTime {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  return {
    day: dayOf(part("year"), part("month"), part("day")),
    minutes: part("hour") * 60 + part("minute"),
  };
}

/** The instant at which clocks show that, in milliseconds. Of an hour that clocks leave out, the one after it. */
export function instantOf({ day, minutes }: WallTime, zone: string): number {
  const shown = day * DAY_MS + minutes * 60_000;
  const offsetAt = (instant: number) => {
    const wall = wallTime(instant, zone);
    return wall.day * DAY_MS + wall.minutes * 60_000 - Math.floor(instant / 60_000) * 60_000;
  };
  return shown - offsetAt(shown - offsetAt(shown));
}

export function isKnownZone(zone: string): boolean {
  return made(zone) !== null;
}

/** UTC is known everywhere. */
function formatOf(zone: string): Intl.DateTimeFormat {
  return made(zone) ?? formatOf("UTC");
}

function made(zone: string): Intl.DateTimeFormat | null {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  if (formats.size > MOST_ZONES) formats.clear();
  const format = formatFor(zone);
  formats.set(zone, format);
  return format;
}

function formatFor(zone: string): Intl.DateTimeFormat | null {
  const parts = {
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  } as const;
  try {
    return new Intl.DateTimeFormat("en-US", { ...parts, hourCycle: "h23", timeZone: zone });
  } catch {
    // A RangeError is how Intl says that it knows no such zone.
    return null;
  }
}
