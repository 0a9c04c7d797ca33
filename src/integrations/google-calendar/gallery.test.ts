/** The gallery of the documentation is what events are rendered to. `UPDATE_DOCS=1` writes it. */
import { expect, test } from "bun:test";
import { keepGallery } from "@test/gallery";
import { calendarSchema, eventSchema } from "./models/models";
import { calendarOptionsSchema, spanOf } from "./models/options";
import { monthsFrom } from "./recurrence/series-dates";
import { renderEntry } from "./render/render-event";
import { type Scene, seriesEntry, singleEntry } from "./sync-steps/entries";

const now = Date.parse("2026-11-27T09:00:00Z");
const options = calendarOptionsSchema.parse({});
const calendar = calendarSchema.parse({
  id: "c_dock@group.calendar.google.com",
  summary: "Dry dock",
  timeZone: "Europe/Lisbon",
});
const scene: Scene = { calendar, options, span: spanOf(options, now), months: monthsFrom(now) };
const { signal } = new AbortController();
const ana = { email: "ana@harbour.example", displayName: "Ana Silva" };
const at = (day: string, hour: string) => ({ dateTime: `${day}T${hour}:00Z`, timeZone: "Europe/Lisbon" });

async function single(fields: Record<string, unknown>): Promise<string> {
  const entry = singleEntry(scene, eventSchema.parse({ id: "e1", ...fields }));
  return entry === undefined ? "" : (await renderEntry(entry, "e1", signal)).markdown;
}

async function series(fields: Record<string, unknown>, ...dates: Record<string, unknown>[]): Promise<string> {
  const own = { id: "s1", status: "confirmed", ...fields };
  const others = dates.map((date, index) => ({
    ...own,
    recurrence: [],
    id: `s1_${index}`,
    recurringEventId: "s1",
    ...date,
  }));
  const parts = [own, ...others].map((part) => eventSchema.parse(part));
  const entry = seriesEntry(scene, "s1", parts);
  return entry === undefined ? "" : (await renderEntry(entry, "s1", signal)).markdown;
}

const review = {
  summary: "Review of gate 3",
  ...{ start: at("2026-12-03", "14:00"), end: at("2026-12-03", "15:30") },
  location: "Harbour office, room 2",
  organizer: ana,
  description:
    "<p>Agenda:</p><ul><li>Why does it <b>leak</b>?</li><li>What do <a href='https://harbour.example/welds'>new welds</a> cost?</li></ul>",
  attendees: [
    { ...ana, organizer: true, responseStatus: "accepted" },
    {
      email: "bo@harbour.example",
      displayName: "Bo Lindqvist",
      responseStatus: "tentative",
      comment: "Only the first hour",
    },
    { email: "welds@steel.example", responseStatus: "needsAction", optional: true },
    {
      email: "room-2@resource.calendar.google.com",
      displayName: "Room 2",
      resource: true,
      responseStatus: "accepted",
    },
  ],
  conferenceData: {
    conferenceSolution: { name: "Google Meet" },
    entryPoints: [{ entryPointType: "video", uri: "https://meet.google.com/abc-defg-hij" }],
  },
  attachments: [{ title: "Gate plan", fileUrl: "https://docs.google.com/document/d/1AbC/edit" }],
};

const tide = {
  summary: "Tide round",
  ...{ start: at("2026-09-07", "08:30"), end: at("2026-09-07", "09:00") },
  recurrence: ["RRULE:FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20270331T225959Z"],
  organizer: ana,
  description: "Read all gauges.\n- dock 1\n- dock 3",
};
const date = (day: string) => ({ originalStartTime: at(day, "09:30") });

test("an event, a series and its changed dates are in the documentation as they are rendered", async () => {
  const parts = [
    { title: "An event", markdown: await single(review) },
    {
      title: "A series",
      markdown: await series(
        tide,
        { ...date("2026-11-30"), status: "cancelled" },
        {
          ...date("2026-12-03"),
          start: at("2026-12-04", "13:00"),
          end: at("2026-12-04", "13:30"),
          location: "Dock 3",
        },
        {
          ...date("2026-12-24"),
          start: at("2026-12-24", "09:30"),
          end: at("2026-12-24", "10:30"),
          summary: "Tide round & tea",
          description: "Bring <b>cups</b>.",
        },
      ),
    },
    {
      title: "Some days",
      markdown: await single({
        summary: "Yard closed",
        start: { date: "2026-12-24" },
        end: { date: "2026-12-28" },
      }),
    },
  ];
  await keepGallery("google-calendar", import.meta.path, parts, (text) => text);
});

test("nothing that people write counts as markup, and addresses lead to the web alone", async () => {
  const markdown = await single({
    ...review,
    summary: "# Big *news* <script>",
    location: "[Room](javascript:alert(1))",
    description: "<script>alert(1)</script><p onclick='x()'>Shut &amp; dry</p>",
    attachments: [
      { title: "a](b", fileUrl: "https://x.example/a (1)" },
      { title: "bad", fileUrl: "javascript:alert(1)" },
    ],
    attendees: [],
  });
  expect(markdown).toStartWith("# \\# Big \\*news\\* \\<script>\n");
  expect(markdown).toContain("- Where: \\[Room\\](javascript:alert(1))\n");
  expect(markdown).toContain(
    "- Attached: [a\\](b](https://x.example/a%20%281%29)\n- Attached: bad\n\nShut & dry",
  );
});

test("lines of plain notes stay lines, also between tags, and blocks get none beside their own", async () => {
  const notes = async (description: string) => {
    const markdown = await single({
      ...review,
      attendees: [],
      attachments: [],
      description,
    });
    return markdown.split("\n\n").slice(2).join("\n\n");
  };
  expect(await notes("One\nTwo *2*\n- three")).toBe("One\n\nTwo \\*2\\*\n\n- three");
  expect(await notes("One <b>1</b>\n<i>Two</i>\r\n3 &lt; 4")).toBe("One **1**\\\n*Two*\\\n3 < 4");
  expect(await notes("<p>One</p>\n<ul>\n<li>Two</li>\n</ul>")).toBe("One\n\n- Two");
  expect(await notes("1 < 2 & 3 > 2")).toBe("1 < 2 & 3 > 2");
});

test("days are those of the event's own zone, across midnight and in a zone that is not known here", async () => {
  const late = { summary: "Night", start: at("2026-07-01", "22:30"), end: at("2026-07-02", "00:15") };
  expect(await single(late)).toContain(
    "- When: Wednesday 1 July 2026, 23:30 to Thursday 2 July 2026, 01:15 (Europe/Lisbon)\n".trim(),
  );
  const odd = { dateTime: "2026-07-01T22:30:00Z", timeZone: "Middle/Earth" };
  expect(await single({ ...late, start: odd, end: odd })).toContain(
    "- When: Wednesday 1 July 2026, 23:30 (Europe/Lisbon)",
  );
  expect(await single({ summary: "Nothing said of when" })).toBe("");
});

test("of a great many guests and changed dates some are shown, and how many there are is told", async () => {
  const attendees = Array.from({ length: 130 }, (_, index) => ({
    email: `guest${index}@x.example`,
    responseStatus: "accepted",
  }));
  expect(await single({ ...review, attendees, attendeesOmitted: true })).toMatch(
    /, guest99@x\.example, 30 more\n- There are more guests/,
  );
  const cancelled = Array.from({ length: 160 }, (_, week) => {
    const dateTime = new Date(Date.parse("2026-09-07T08:30:00Z") + week * 604_800_000).toISOString();
    return { originalStartTime: { dateTime }, status: "cancelled" };
  });
  expect(await series(tide, ...cancelled)).toContain(
    "## Changed dates\n\n> 10 earlier ones are left out.\n\n- Monday 16 November 2026: cancelled\n",
  );
});
