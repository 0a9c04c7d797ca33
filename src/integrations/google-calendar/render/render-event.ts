import type { RenderedArtifact } from "@/core/models/artifact";
import { htmlText } from "@/core/services/readers/html-text";
import { plainLine } from "@/lib/clean-text";
import { bulletList, inlineText, lineText, paragraphText } from "@/lib/markdown-text";
import type { CalendarEvent } from "../models/models";
import { dayWords } from "../recurrence/days";
import { instantOf } from "../recurrence/zones";
import { recurrenceWords } from "../recurrence/words";
import { answerOf, type Entry, isPrivate } from "../sync-steps/entries";
import { exceptionList } from "./exceptions";
import { guestList, nameOf } from "./people";
import { datesByMonth, hoursWords, spanWords } from "./when";

export const titleOf = ({ summary }: CalendarEvent) => plainLine(summary ?? "") || "(No title)";
export const artifactKey = (eventKey: string) => `calendar:${eventKey}`;

/** One event or series as an artifact. Of the clock, only the month counts: see `monthsFrom`. */
export async function renderEntry(entry: Entry, key: string, signal: AbortSignal): Promise<RenderedArtifact> {
  const { event, lasts, series, calendar, zone } = entry;
  const title = titleOf(event);
  const text = (html: string, level: number) => notesText(html, { name: title, level, signal });
  const sections: [string, string][] = [
    ["", await text(event.description ?? "", 2)],
    ["People", guestList(event.attendees, event.attendeesOmitted === true)],
    ["Dates", bulletList(datesByMonth(series?.dates.shown ?? []))],
    ["Changed dates", await exceptionList(entry, (html) => text(html, 4))],
  ];
  const shown = sections
    .filter(([, markdown]) => markdown !== "")
    .map(([name, markdown]) => (name === "" ? markdown : `## ${name}\n\n${markdown}`));
  const dateZone = lasts.start.minutes === undefined ? "UTC" : zone;
  const day = series?.dates.shown[0] ?? series?.dates.last ?? lasts.start.day;
  return {
    integrationArtifactId: artifactKey(key),
    kind: "document",
    title,
    markdown: [`# ${lineText(title)}`, factsOf(entry), ...shown].join("\n\n"),
    url: webAddress(event.htmlLink),
    author: nameOf(event.organizer) || undefined,
    artifactDate: new Date(instantOf({ day, minutes: lasts.start.minutes ?? 0 }, dateZone)).toISOString(),
    metadata: { calendar: calendar.id, repeats: series !== undefined },
  };
}

export const calendarName = ({ calendar }: Pick<Entry, "calendar">) =>
  plainLine(calendar.summaryOverride || calendar.summary || calendar.id);

function factsOf(entry: Entry): string {
  const { event, series, lasts, zone } = entry;
  const inZone = lasts.start.minutes === undefined ? "" : ` (${zone})`;
  const plain: Record<string, string> = {
    Calendar: calendarName(entry),
    When: `${series === undefined ? spanWords(lasts) : hoursWords(lasts)}${inZone}`,
    ...(series === undefined ? {} : seriesFacts(series, lasts.start.day)),
    Where: event.location ?? "",
    Organiser: nameOf(event.organizer),
    Status: event.status === "tentative" ? "not settled yet" : "",
    Kind: event.eventType === "outOfOffice" ? "out of office" : "",
    "Own answer": answerOf(event) === "declined" ? "declined" : "",
    Visibility: isPrivate(event) ? "private" : "",
  };
  const facts = Object.entries(plain).map(([name, value]) =>
    value === "" ? "" : `${name}: ${inlineText(value)}`,
  );
  return bulletList([...facts, ...linksOf(event)]);
}

function seriesFacts(series: NonNullable<Entry["series"]>, start: number): Record<string, string> {
  const { first, last } = series.dates;
  return {
    Repeats: recurrenceWords(series.recurrence, start) || "known by single dates alone",
    First: dayWords(first),
    Last: last === undefined ? "" : dayWords(last),
  };
}

/** Where to meet, what is attached, and where the event came from, each by its name. */
function linksOf(event: CalendarEvent): string[] {
  const { attachments, source } = event;
  const meeting = meetingOf(event);
  return [
    meeting === undefined ? "" : `Meeting: ${linkTo(meeting.name, meeting.url)}`,
    ...attachments.map(({ title, fileUrl }) => `Attached: ${linkTo(title || "a file", fileUrl)}`),
    source?.url ? `From: ${linkTo(source.title || source.url, source.url)}` : "",
  ];
}

export function meetingOf({
  conferenceData,
  hangoutLink,
}: CalendarEvent): { name: string; url: string } | undefined {
  const video = conferenceData?.entryPoints.find(({ entryPointType }) => entryPointType === "video")?.uri;
  const url = webAddress(video ?? hangoutLink);
  return url === undefined
    ? undefined
    : { name: conferenceData?.conferenceSolution?.name || "Google Meet", url };
}

function linkTo(name: string, address: string | null | undefined): string {
  const url = webAddress(address);
  const label = inlineText(plainLine(name));
  return url === undefined ? label : `[${label}](${url.replaceAll("(", "%28").replaceAll(")", "%29")})`;
}

function webAddress(address: string | null | undefined): string | undefined {
  return address && /^https?:\/\//i.test(address) && URL.canParse(address)
    ? new URL(address).href
    : undefined;
}

const BLOCK = "</?(?:br|div|h[1-6]|li|ol|p|table|tbody|td|th|tr|ul)\\b[^<>]*>";
const [BEGINS_BLOCK, ENDS_BLOCK] = [new RegExp(`^${BLOCK}`, "i"), new RegExp(`${BLOCK}$`, "i")];

/** Notes are HTML, or plain text, or both: there, a line break counts as well, which HTML would not show. */
async function notesText(notes: string, where: Parameters<typeof htmlText>[1]): Promise<string> {
  if (!/<\/?[a-z][^<>]*>|&(?:[a-z]{2,8}|#x?[0-9a-f]{1,6});/i.test(notes)) return paragraphText(notes);
  const lines = notes.split("\n").map((line) => line.trim());
  const html = lines.reduce(
    (text, line) =>
      text + (ENDS_BLOCK.test(text.slice(-200)) || BEGINS_BLOCK.test(line) ? "\n" : "<br>") + line,
  );
  return htmlText(html, where);
}
