import { Cron } from "croner";
import { toString as describeCron } from "cronstrue";
import { InputError } from "@/core/models/errors";
import { closest } from "@/lib/closest";
import { presetCron, presetExamples } from "./presets";

/** A point in time that comes again and again. */
export interface Timer {
  /** Five fields. */
  cron: string;
  /** IANA name. */
  timeZone: string;
  /** The same in plain words. */
  summary: string;
  /** The first time after `after`. */
  next: (after: Date) => Date;
}

const takes = `It takes ${presetExamples}, or the five fields of a cron expression: minute, hour, day of month, month, day of week, e.g. '30 6 * * 1-5'.`;

/** The time zone of this machine. */
export function localTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/**
 * Reads a time from words or a cron expression. A time of day that the clock skips in spring comes right after the
 * gap; one that it passes twice in autumn comes once.
 *
 * @throws InputError naming what is taken, for what is no such time and for one that never comes.
 */
export function parseTimer(text: string, timeZone: string = localTimeZone()): Timer {
  const zone = knownTimeZone(timeZone);
  const cron = presetCron(text) ?? text.trim().replaceAll(/\s+/g, " ");
  const job = parseCron(cron, zone);
  const next = (after: Date): Date => {
    const date = job.nextRun(after);
    if (date === null) throw wrong(`'${cron}' names a time that never comes.`);
    return date;
  };
  next(new Date());
  return { cron, timeZone: zone, summary: summaryOf(cron, zone), next };
}

/** The next `count` times after `after`. */
export function nextTimes(timer: Timer, after: Date, count: number): Date[] {
  const times: Date[] = [];
  for (let last = after; times.length < count;) {
    last = timer.next(last);
    times.push(last);
  }
  return times;
}

function parseCron(cron: string, timezone: string): Cron {
  if (cron.split(" ").length !== 5) throw wrong(`'${cron.slice(0, 100)}' is no time of a schedule.`);
  try {
    return new Cron(cron, { timezone, mode: "5-part", fixedTimeRule: "no-wildcard", paused: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^Cron\w+: /, "").replace(/\.$/, "") : "";
    throw wrong(`'${cron.slice(0, 100)}' is no time of a schedule: ${reason}.`);
  }
}

function wrong(message: string): InputError {
  return new InputError(message, [{ field: "cron", message: takes }], { action: takes });
}

function knownTimeZone(name: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    const near = closest(name, Intl.supportedValuesOf("timeZone"));
    const hint =
      near.length > 0 ? `Did you mean ${near.join(" or ")}?` : "It takes a name like Europe/Berlin.";
    throw new InputError(
      `There is no time zone '${name.slice(0, 100)}'.`,
      [{ field: "timeZone", message: hint }],
      {
        action: hint,
      },
    );
  }
}

/** A time in plain words; cron expressions that cannot be put into any are left to speak for themselves. */
export function summaryOf(cron: string, timeZone: string): string {
  return `${describeCron(cron, { use24HourTimeFormat: true, throwExceptionOnParseError: false })} (${timeZone})`;
}
