import { z } from "zod";
import { listOption, pastDayOption, yesNoOption } from "@/core/services/credentials/options";
import { DAY_MS } from "@/lib/time";

const YEAR_DAYS = 365;

/** What a person may choose. */
export const calendarOptionsSchema = z.object({
  /** Ids, which never change; `primary` for the account's own. Empty: all but what Google fills by itself. */
  calendars: listOption
    .refine((given) => given.every((one) => one === "primary" || /^[^\s@]+@[^\s@]+$/.test(one)), {
      error: "takes ids of calendars, such as ana@example.com, or primary, separated by commas",
    })
    .default([]),
  since: pastDayOption.optional(),
  aheadDays: z.coerce
    .number({ error: "takes a number of days" })
    .int({ error: "takes a whole number of days" })
    .min(0, { error: "takes 0 or more" })
    .max(36_500, { error: "takes at most 36500" })
    .default(YEAR_DAYS),
  private: yesNoOption.default(false),
  declined: yesNoOption.default(false),
});
export type CalendarOptions = z.infer<typeof calendarOptionsSchema>;

/** First and last day of what is kept, as days since 1970. */
export interface Span {
  from: number;
  to: number;
}

export function spanOf({ since, aheadDays }: CalendarOptions, now: number): Span {
  const from = since === undefined ? now - YEAR_DAYS * DAY_MS : Date.parse(since);
  return { from: Math.floor(from / DAY_MS), to: Math.floor(now / DAY_MS) + aheadDays };
}
