import { inlineText } from "@/lib/markdown-text";
import type { CalendarEvent } from "../models/models";
import { dayWords } from "../recurrence/days";
import { answerOf, type Entry, isPrivate, type Series } from "../sync-steps/entries";
import { hoursWords, spanWords } from "./when";

/** The latest of them; a series of many years has a great many. */
const MOST_SHOWN = 150;

/** The dates that are not as the rule says, each with what is different; "" for none. */
export async function exceptionList(
  { event, lasts, series }: Entry,
  textOf: (notes: string) => Promise<string>,
): Promise<string> {
  const exceptions = series?.exceptions ?? [];
  const shown = exceptions.slice(-MOST_SHOWN);
  const usual = hoursWords(lasts);
  const lines: string[] = [];
  for (const exception of shown) {
    lines.push(`- ${dayWords(exception.original)}: ${changeWords(exception, event, usual)}`);
    const notes = exception.event.description ?? "";
    const isNew = exception.lasts !== undefined && notes !== "" && notes !== (event.description ?? "");
    if (isNew) lines.push("", indented(await textOf(notes)), "");
  }
  const left = exceptions.length - shown.length;
  const before = left === 0 ? "" : `> ${left} earlier ones are left out.\n\n`;
  return exceptions.length === 0 ? "" : before + lines.join("\n").trim();
}

function changeWords(
  { event, original, lasts }: Series["exceptions"][number],
  usual: CalendarEvent,
  hours: string,
): string {
  if (lasts === undefined) return "cancelled";
  const moved = lasts.start.day !== original;
  // Where private events are left out, nothing but its times is kept.
  const shown = isPrivate(event) && !event.summary ? { ...usual, visibility: event.visibility } : event;
  const told = [
    moved ? `moved to ${spanWords(lasts)}` : "",
    !moved && hoursWords(lasts) !== hours ? `at ${hoursWords(lasts)}` : "",
    differs(shown.summary, usual.summary) ? `called ${inlineText(shown.summary || "(No title)")}` : "",
    differs(shown.location, usual.location) ? `in ${inlineText(shown.location || "no place")}` : "",
    answerOf(event) === "declined" && answerOf(usual) !== "declined" ? "declined" : "",
    differs(shown.description, usual.description) ? "with other notes" : "",
    shown === event ? "" : "private",
  ].filter(Boolean);
  return told.length === 0 ? "with other guests or links" : told.join("; ");
}

const differs = (one: string | null | undefined, other: string | null | undefined) =>
  (one ?? "") !== (other ?? "");

/** Below its list item. */
const indented = (markdown: string) => markdown.replaceAll(/^(?=.)/gm, "  ");
