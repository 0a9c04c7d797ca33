/** What Calendar's API v3 answers, as far as it is used: ids are needed, everything else may change. */
import { z } from "zod";
import { looseList, looseValue } from "@/lib/loose-schema";

const text = looseValue(z.string());
const flag = looseValue(z.boolean());
const person = looseValue(z.object({ email: text, displayName: text, self: flag }));
/** A day, or an instant with its offset; the zone is the one that people meant. */
const momentSchema = z.object({ date: text, dateTime: text, timeZone: text });
export type Moment = z.infer<typeof momentSchema>;

export const guestSchema = z.object({
  email: text,
  displayName: text,
  responseStatus: text,
  comment: text,
  organizer: flag,
  optional: flag,
  resource: flag,
  self: flag,
});
export type Guest = z.infer<typeof guestSchema>;

/** What is compared, shown and kept: reminders, colours and marks of the vendor's own are left out. */
export const eventSchema = z.object({
  id: z.string().min(1),
  status: text,
  summary: text,
  description: text,
  location: text,
  htmlLink: text,
  updated: text,
  organizer: person,
  start: looseValue(momentSchema),
  end: looseValue(momentSchema),
  recurrence: looseList(z.string()),
  /** The series that this is a date of, and when it would be by the series' rule. */
  recurringEventId: text,
  originalStartTime: looseValue(momentSchema),
  visibility: text,
  eventType: text,
  attendees: looseList(guestSchema),
  attendeesOmitted: flag,
  hangoutLink: text,
  conferenceData: looseValue(
    z.object({
      conferenceSolution: looseValue(z.object({ name: text })),
      entryPoints: looseList(z.object({ entryPointType: text, uri: text })),
    }),
  ),
  attachments: looseList(z.object({ title: text, fileUrl: text })),
  source: looseValue(z.object({ title: text, url: text })),
});
export type CalendarEvent = z.infer<typeof eventSchema>;

export const eventsSchema = z.looseObject({
  items: z.array(z.unknown()),
  nextPageToken: text,
  nextSyncToken: text,
});

export const calendarSchema = z.looseObject({
  id: z.string().min(1),
  summary: text,
  /** What the account itself calls it. */
  summaryOverride: text,
  description: text,
  timeZone: text,
  accessRole: text,
  primary: flag,
  hidden: flag,
  deleted: flag,
});
export type Calendar = z.infer<typeof calendarSchema>;

/** Strict about its entries: a calendar that is passed over would count as one that is no longer ours. */
export const calendarsSchema = z.looseObject({ items: z.array(calendarSchema), nextPageToken: text });
