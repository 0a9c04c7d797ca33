import type { OAuthDefinition } from "@/core/models/models";
import { createIntegration } from "@/core/services/sync/create-integration";
import { createCalendarApi } from "./api/calendar-api";
import { calendarHttp } from "./api/calendar-http";
import { calendarChoices } from "./choices";
import { googleCalendarConfig } from "./config";
import { calendarDate, calendarEvent, calendarGuest, calendarPart, googleCalendar } from "./db/schema";
import { calendarOptionsSchema } from "./models/options";

/**
 * developers.google.com/identity/protocols/oauth2/web-server. Google gives a refresh token with the first consent
 * alone, unless consent is asked for each time; a renewal gives none, and the old one stays.
 */
const googleOAuth: OAuthDefinition = {
  authorizeUrl: "https://accounts.google.com/o/oauth2/v2/auth",
  tokenUrl: "https://oauth2.googleapis.com/token",
  revokeUrl: "https://oauth2.googleapis.com/revoke",
  scopes: ["https://www.googleapis.com/auth/calendar.readonly"],
  pkce: true,
  clientAuth: "body",
  tokenFormat: "form",
  extraAuthorizeParams: { access_type: "offline", prompt: "consent", include_granted_scopes: "true" },
  account: async (_tokens, services) => {
    const { id } = await createCalendarApi(services.http(calendarHttp(services.auth)), services).primary();
    return { account: id, id };
  },
};

/** Calendars of a Google account: events, and series as one artifact each. */
export const googleCalendarIntegration = createIntegration({
  config: googleCalendarConfig,
  options: calendarOptionsSchema,
  streams: async (context, options, db) => {
    const { calendarStreams } = await import("./sync-steps/streams");
    return calendarStreams(context, options, db);
  },
  oauth: googleOAuth,
  choices: calendarChoices,
  tables: [googleCalendar, calendarEvent, calendarDate, calendarGuest, calendarPart],
});
