/** The words that people use for times, as cron expressions. */

export const presetExamples = "'every 15 minutes', 'hourly', 'daily at 03:00', 'weekdays at 07:30', 'weekly'";

/** When a schedule runs whose words name no time of day. */
const NIGHT = "0 3";
const days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/** The cron expression of some words, or undefined when they are none of the presets. */
export function presetCron(text: string): string | undefined {
  const words = text.trim().toLowerCase().replaceAll(/\s+/g, " ");
  if (words === "hourly" || words === "every hour") return "0 * * * *";
  return everyCron(words) ?? dailyCron(words) ?? weeklyCron(words);
}

/** Only steps that divide the hour or the day are even steps. */
function everyCron(words: string): string | undefined {
  const match = /^every (\d{1,2} )?(minute|hour)s?$/.exec(words);
  if (match === null) return undefined;
  const step = Number(match[1] ?? 1);
  const whole = match[2] === "minute" ? 60 : 24;
  if (step < 1 || step >= whole || whole % step !== 0) return undefined;
  const field = step === 1 ? "*" : `*/${step}`;
  return whole === 60 ? `${field} * * * *` : `0 ${field} * * *`;
}

function dailyCron(words: string): string | undefined {
  const match = /^(daily|nightly|every day|weekdays)(?: at (\S+))?$/.exec(words);
  const time = timeFields(match?.[2]);
  if (match === null || time === undefined) return undefined;
  return `${time} * * ${match[1] === "weekdays" ? "1-5" : "*"}`;
}

function weeklyCron(words: string): string | undefined {
  const match = /^weekly(?: on ([a-z]+))?(?: at (\S+))?$/.exec(words);
  const time = timeFields(match?.[2]);
  const day = days.indexOf(match?.[1] ?? "sunday");
  if (match === null || time === undefined || day < 0) return undefined;
  return `${time} * * ${day}`;
}

/** Minute and hour of `HH:MM`; undefined when it is no time of day. */
function timeFields(time: string | undefined): string | undefined {
  if (time === undefined) return NIGHT;
  const match = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(time);
  return match === null ? undefined : `${Number(match[2])} ${Number(match[1])}`;
}
