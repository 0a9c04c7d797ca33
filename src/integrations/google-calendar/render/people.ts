import { plainLine } from "@/lib/clean-text";
import { bulletList, inlineText } from "@/lib/markdown-text";
import type { Guest } from "../models/models";

/** A great many guests say less than how many they are. */
const MOST_NAMED = 100;
const ANSWERS = [
  ["accepted", "Accepted"],
  ["tentative", "Perhaps"],
  ["declined", "Declined"],
  ["needsAction", "Not answered"],
] as const;

export const nameOf = (
  person: { displayName?: string | null | undefined; email?: string | null | undefined } | null | undefined,
) => plainLine(person?.displayName || person?.email || "");

/** Who was asked, by what they answered; then what they wrote beside it. "" for nobody. */
export function guestList(guests: readonly Guest[], omitted: boolean): string {
  const people = guests.filter(({ resource }) => resource !== true);
  const answers = new Set<string>(ANSWERS.map(([answer]) => answer));
  const answerOf = ({ responseStatus }: Guest) =>
    responseStatus && answers.has(responseStatus) ? responseStatus : "needsAction";
  const lines = ANSWERS.map(([answer, word]) =>
    line(
      word,
      people.filter((one) => answerOf(one) === answer),
    ),
  );
  const rooms = line(
    "Rooms",
    guests.filter(({ resource }) => resource === true),
  );
  const said = people.flatMap((guest) =>
    guest.comment ? [`${inlineText(nameOf(guest))} wrote: ${inlineText(guest.comment)}`] : [],
  );
  return bulletList([
    ...lines,
    rooms,
    ...said,
    omitted ? "There are more guests, whom Google does not list." : "",
  ]);
}

function line(word: string, guests: readonly Guest[]): string {
  if (guests.length === 0) return "";
  const named = guests.slice(0, MOST_NAMED).map((guest) => {
    const notes = [guest.organizer === true ? "organiser" : "", guest.optional === true ? "optional" : ""];
    const note = notes.filter(Boolean).join(", ");
    return `${inlineText(nameOf(guest) || "Somebody")}${note === "" ? "" : ` (${note})`}`;
  });
  const more = guests.length - named.length;
  return `${word}: ${[...named, ...(more > 0 ? [`${more} more`] : [])].join(", ")}`;
}
