import { googleOAuth } from "@/core/services/google/google-oauth";
import { createIntegration } from "@/core/services/sync/create-integration";
import { createCalendarApi } from "./api/calendar-api";
import { calendarHttp } from "./api/calendar-http";
import { calendarChoices } from "./choices";
import { googleCalendarConfig } from "./config";
import { calendarDate, calendarEvent, calendarGuest, calendarPart, googleCalendar } from "./db/schema";
import { calendarOptionsSchema } from "./models/options";

/** Calendars of a Google account: events, and series as one artifact each. */
export const googleCalendarIntegration = createIntegration({
  config: googleCalendarConfig,
  options: calendarOptionsSchema,
  streams: async (context, options, db) => {
    const { calendarStreams } = await import("./sync-steps/streams");
    return calendarStreams(context, options, db);
  },
  oauth: googleOAuth("calendar.readonly", async (_tokens, services) => {
    const { id } = await createCalendarApi(services.http(calendarHttp(services.auth)), services).primary();
    return { account: id, id };
  }),
  choices: calendarChoices,
  tables: [googleCalendar, calendarEvent, calendarDate, calendarGuest, calendarPart],
});
