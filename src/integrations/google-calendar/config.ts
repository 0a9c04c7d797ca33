import type { IntegrationConfig } from "@/core/models/models";

/** How the calendars of a Google account are connected. */
export const googleCalendarConfig: IntegrationConfig = {
  integration: "Google Calendar",
  icon: "/assets/google-calendar.svg",
  integrationType: "OAUTH",
  // The months whose dates a series names go on, and so do the days that are kept.
  fullSyncAt: "weekly on sunday at 04:30",
  description: [
    "Reads the events of your calendars and of those that others share with you: when, where, who, and what is written",
    "about it. Nothing is written.",
    "",
    "1. At [console.cloud.google.com](https://console.cloud.google.com/apis/library/calendar-json.googleapis.com), turn on",
    "   the Google Calendar API for a project of yours.",
    "2. Under APIs & Services → Credentials, make an OAuth client ID for a web application that allows the redirect",
    "   address shown here. While the consent screen is in testing, Google ends the permission after seven days.",
    "3. Give its client ID and secret here, and agree on Google's page.",
  ].join("\n"),
  docs: "https://developers.google.com/workspace/calendar/api/guides/overview",
  inputs: [
    { input: "accessKey", label: "Client ID", placeholder: "….apps.googleusercontent.com", secret: false },
    { input: "secretKey", label: "Client secret", secret: true },
  ],
  optionInputs: [
    {
      key: "calendars",
      label: "Only these calendars",
      placeholder: "primary, c_1a2b@group.calendar.google.com",
      help: "Ids of calendars, separated by commas. Empty: all in your list that you do not hide, without holidays and birthdays.",
    },
    {
      key: "since",
      label: "Events since",
      placeholder: "2025-01-31",
      help: "Empty: those of the last year. A series counts by its last date.",
    },
    {
      key: "aheadDays",
      label: "Days ahead",
      placeholder: "365",
      help: "How far ahead events are read. Empty: a year.",
    },
    {
      key: "private",
      label: "Private events too",
      placeholder: "no",
      help: "yes or no. Whoever searches here sees them then.",
    },
    {
      key: "declined",
      label: "Declined events too",
      placeholder: "no",
      help: "yes or no: those to which the calendar's owner said no.",
    },
  ],
  about: [
    "One artifact is one event, or one whole series of events that repeats: when and where, organiser, guests with their",
    "answers, notes, attachments and the link to the meeting. A series says its rule in words, the dates of this month and",
    "the next two, and each date that was moved, cancelled or changed. mdArtifacts.integrationArtifactId is 'calendar:'",
    "followed by calendarEvent.eventKey.",
    "calendarDate has one row a time at which something is, that of a series from this month to the one after next: startsAt",
    "and endsAt are UTC, of whole days endsAt is the day behind the last; isChanged where it is not as the rule says.",
    "calendarEvent has one row an artifact: startsAt of a series is that of its first date; repeats is its rule in words, null",
    "for a single event; lastDay its last date, null where there is no end. calendarGuest has one row a guest, resource is",
    "true for rooms. These three share account and eventKey. calendarPart holds what series are made of, one row each and",
    "one a changed date: seriesId is the eventId of the series, status 'cancelled' or 'confirmed', originalStart when the",
    "date would be by the rule, startsAt when it is. googleCalendar has one row a calendar (account, calendarId).",
  ].join("\n"),
  exampleQueries: [
    {
      question: "What is on in the next seven days?",
      sql: `SELECT d."startsAt", d."endsAt", d."title", d."location", c."name" AS "calendar" FROM "calendarDate" d JOIN "calendarEvent" e ON e."account" = d."account" AND e."eventKey" = d."eventKey" JOIN "googleCalendar" c ON c."account" = e."account" AND c."calendarId" = e."calendarId" WHERE d."startsAt" < strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '+7 days') AND d."endsAt" > strftime('%Y-%m-%dT%H:%M:%fZ', 'now') ORDER BY d."startsAt" LIMIT 100`,
    },
    {
      question: "Whom do we meet most?",
      sql: `SELECT g."guest", max(g."name") AS "name", count(DISTINCT g."eventKey") AS "events" FROM "calendarGuest" g WHERE g."resource" = 0 GROUP BY g."guest" ORDER BY "events" DESC LIMIT 20`,
    },
    {
      question: "Which series have no end, and who runs them?",
      sql: `SELECT "title", "repeats", "organizer", "startsAt" FROM "calendarEvent" WHERE "repeats" IS NOT NULL AND "lastDay" IS NULL ORDER BY "title" LIMIT 50`,
    },
    {
      question: "Which dates of a series were cancelled or moved?",
      sql: `SELECT e."title", p."originalStart", p."status", p."startsAt" FROM "calendarPart" p JOIN "calendarEvent" e ON e."account" = p."account" AND e."calendarId" = p."calendarId" AND e."eventId" = p."seriesId" WHERE p."eventId" <> p."seriesId" ORDER BY p."originalStart" DESC LIMIT 50`,
    },
  ],
};
