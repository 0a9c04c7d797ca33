/** Calendars that somebody has in their list, to choose from. */
import type { OptionChoices } from "@/core/models/models";
import { calendarApiOf } from "./api/calendar-api";
import { isReadable } from "./calendars";

export const calendarChoices: OptionChoices = {
  calendars: async function* (context) {
    for await (const { items } of calendarApiOf(context).calendars())
      for (const calendar of items.filter(isReadable))
        yield {
          id: calendar.id,
          name: calendar.summaryOverride || calendar.summary || calendar.id,
          hint: calendar.primary === true ? "your own" : undefined,
          byIdOnly: true,
        };
  },
};
