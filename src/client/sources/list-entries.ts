/** A field that takes entries separated by commas or lines, of which the last may still be under way. */
import type { ChoicesAnswer } from "@/core/models/choices";

export type Choice = ChoicesAnswer["choices"][number];

function entriesIn(text: string): string[] {
  return text
    .split(/[,\n]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

const alike = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

export function isChosen(text: string, { value }: Choice): boolean {
  return entriesIn(text).some((entry) => alike(entry, value));
}

/** What is being typed: the last entry, unless it is finished by a comma or is one of the choices. */
export function typedPart(text: string, choices: readonly Choice[]): string {
  const last = /[,\n]\s*$/.test(text) ? "" : (entriesIn(text).at(-1) ?? "");
  return choices.some(({ value }) => alike(value, last)) ? "" : last;
}

/** Choices that have the words in what is shown of them. */
export function choicesWith(choices: readonly Choice[], words: string): Choice[] {
  const wanted = words.toLowerCase();
  return choices.filter(({ value, name, hint = "" }) =>
    [value, name, hint].some((part) => part.toLowerCase().includes(wanted)),
  );
}

/** The text after a choice was taken, in place of what was being typed, or was let go of again. */
export function afterChoosing(text: string, choice: Choice, choices: readonly Choice[]): string {
  const entries = entriesIn(text);
  if (typedPart(text, choices) !== "") entries.pop();
  const others = entries.filter((entry) => !alike(entry, choice.value));
  const next = others.length < entries.length ? others : [...entries, choice.value];
  return next.map((entry) => `${entry}, `).join("");
}
