import { factList, inlineText } from "@/lib/markdown-text";
import { nestedMarkdown } from "@/lib/nested-markdown";
import { toIso } from "@/lib/time";
import { type ContentLine, contentLines } from "./content-lines";
import { firstParts } from "./first-parts";
import type { ReaderResult, TextReader } from "./reader";

const MOST_ENTRIES = 2_000;
const MOST_PEOPLE = 50;
const KINDS = new Set(["VEVENT", "VTODO", "VJOURNAL"]);

/** A calendar (`.ics`): each appointment and task below its title, with when, where, who and what. */
export const readCalendar: TextReader = (_input, text): ReaderResult => {
  const entries: ContentLine[][] = [];
  let name: string | undefined;
  /** What is open: an alarm within an appointment has lines of its own. */
  const open: string[] = [];
  for (const line of contentLines(text)) {
    const kind = line.value.toUpperCase();
    if (line.name === "BEGIN") {
      open.push(kind);
      if (KINDS.has(kind)) entries.push([]);
    } else if (line.name === "END") open.pop();
    else if (line.name === "X-WR-CALNAME") name = line.value;
    else if (KINDS.has(open.at(-1) ?? "")) entries.at(-1)?.push(line);
  }
  if (entries.length === 0) return { markdown: text, kind: "document" };
  const shown = firstParts(entries, MOST_ENTRIES, "entries", (lines) => entryMarkdown(lines));
  const [only] = entries.length === 1 ? entries : [];
  const date = only === undefined ? undefined : toIso(when(only, "DTSTART")?.iso);
  return {
    title: only === undefined ? name : one(only, "SUMMARY"),
    markdown: shown.join("\n\n"),
    kind: "document",
    metadata: { entries: entries.length },
    ...(date === undefined ? {} : { artifactDate: date }),
  };
};

function entryMarkdown(lines: readonly ContentLine[]): string {
  const people = lines.filter(({ name }) => name === "ATTENDEE").map(personOf);
  const facts = factList({
    When: [when(lines, "DTSTART")?.shown, when(lines, "DTEND")?.shown].filter(Boolean).join(" to "),
    Due: when(lines, "DUE")?.shown,
    Repeats: one(lines, "RRULE"),
    Where: one(lines, "LOCATION")?.replaceAll("\n", ", "),
    Organiser: lines.filter(({ name }) => name === "ORGANIZER").map(personOf)[0],
    Attendees: [
      ...people.slice(0, MOST_PEOPLE),
      ...(people.length > MOST_PEOPLE ? [`${people.length - MOST_PEOPLE} more`] : []),
    ].join(", "),
    Status: one(lines, "STATUS")?.toLowerCase(),
    Link: one(lines, "URL"),
  });
  const title = inlineText((one(lines, "SUMMARY") ?? "").replaceAll("\n", " "));
  const text = nestedMarkdown(one(lines, "DESCRIPTION") ?? "", 3);
  return [`## ${title === "" ? "Without a title" : title}`, facts, text]
    .filter((part) => part !== "")
    .join("\n\n");
}

function one(lines: readonly ContentLine[], wanted: string): string | undefined {
  return lines.find(({ name }) => name === wanted)?.value || undefined;
}

/** `20260501T090000Z`, `20260501T090000` of a time zone, or a day. */
function when(lines: readonly ContentLine[], wanted: string): { shown: string; iso: string } | undefined {
  const line = lines.find(({ name }) => name === wanted);
  const [, year, month, day, hour, minute, zulu] =
    /^(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d)(?::?\d\d)?(Z)?)?/.exec(line?.value ?? "") ?? [];
  if (line === undefined || year === undefined) return undefined;
  const date = `${year}-${month}-${day}`;
  if (hour === undefined) return { shown: date, iso: `${date}T00:00:00Z` };
  const zone = zulu === undefined ? (line.parameters.get("TZID") ?? "") : "UTC";
  return { shown: `${date} ${hour}:${minute} ${zone}`.trim(), iso: `${date}T${hour}:${minute}:00Z` };
}

function personOf({ value, parameters }: ContentLine): string {
  const address = value.replace(/^mailto:/i, "");
  const name = parameters.get("CN") ?? "";
  return name === "" || name === address ? address : `${name} (${address})`;
}
