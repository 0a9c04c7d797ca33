/** The requests that are made of Calendar, API v3. */
import type { z } from "zod";
import type { HttpClient, QueryValue } from "@/core/models/http";
import type { IntegrationContext } from "@/core/models/models";
import { allOf, cursorPages } from "@/core/services/http/pagination";
import { type Calendar, calendarSchema, calendarsSchema, eventsSchema } from "../models/models";
import { calendarHttp } from "./calendar-http";

/** Google gives 2,500 at most; with hundreds of guests each, so many would be more than one answer may hold. */
const EVENTS_A_PAGE = 500;

export type CalendarApi = ReturnType<typeof createCalendarApi>;

export function createCalendarApi(
  http: HttpClient,
  { apiUrl, signal }: Pick<IntegrationContext, "apiUrl" | "signal">,
) {
  const base = `${apiUrl("https://www.googleapis.com")}/calendar/v3`;
  const get = async <Output>(path: string, query: Record<string, QueryValue>, schema: z.ZodType<Output>) =>
    (await http.request({ url: `${base}/${path}`, query, expect: "json", schema, signal })).data;
  const calendars = () =>
    cursorPages<Calendar>({
      start: null,
      fetch: async (token) => {
        const query = { maxResults: 250, pageToken: token ?? undefined };
        const page = await get("users/me/calendarList", query, calendarsSchema);
        return { items: page.items, next: page.nextPageToken };
      },
    });
  return {
    /** The account's own calendar, whose id is its address. */
    primary: () => get("users/me/calendarList/primary", {}, calendarSchema),
    /** What the account has in its list and does not hide. */
    calendars,
    allCalendars: () => allOf(calendars()),
    /**
     * A page of everything, or of what changed since a sync token. Google takes no bounds of time together with one.
     *
     * @throws CursorExpiredError for a token that is over; MissingError or ForbiddenError for a calendar not ours to see.
     */
    events: (
      calendarId: string,
      { page, since }: { page: string | undefined; since: string | undefined },
    ) => {
      const query = { maxResults: EVENTS_A_PAGE, pageToken: page, syncToken: since };
      return get(`calendars/${encodeURIComponent(calendarId)}/events`, query, eventsSchema);
    },
  };
}

/** For the account of a context. */
export function calendarApiOf(context: IntegrationContext): CalendarApi {
  return createCalendarApi(context.http(calendarHttp(context.auth)), context);
}
