import { fold } from "@/core/services/index/fold";
import { stemWord } from "@/core/services/index/stem";
import type { LikelyWords } from "./likely-words";

/** What a slip costs, and what one in the first letter, which is rare. */
const [slip, firstSlip] = [1, 1.5];
/** Code points that are looked through for a word's alphabet, and letters that one has at most: Korean syllables are no letters. */
const block = 128;
const mostLetters = 100;
const smallLetter = /^[\p{Ll}\p{Lo}]$/u;

/**
 * Stems of what a word may have been before one slip, with what that costs: a letter is missing, another, too many, or two have
 * changed places. Only what the letters of the texts make likely is told: some dozen of hundreds.
 */
export function slipsAmong(written: string, likely: LikelyWords): Map<string, number> {
  const alphabet = alphabetOf(written);
  const found = new Map<string, number>();
  const add = (word: string, cost: number) => {
    if (!likely.has(word)) return;
    const stem = stemWord(word);
    found.set(stem, Math.min(cost, found.get(stem) ?? Infinity));
  };
  for (let at = 0; at <= written.length; at++) {
    const cost = at === 0 ? firstSlip : slip;
    const [before, letter = "", next = ""] = [written.slice(0, at), written[at], written[at + 1]];
    const rest = written.slice(at + 1);
    for (const other of alphabet) {
      add(before + other + letter + rest, cost);
      if (letter !== "") add(before + other + rest, cost);
    }
    if (letter !== "") add(before + rest, cost);
    if (next !== "") add(before + next + letter + rest.slice(1), cost);
  }
  return found;
}

/** The small letters that stand in one block of Unicode with a word's first one: its alphabet, and little else. */
function alphabetOf(word: string): string[] {
  const first = (word.codePointAt(0) ?? 0) & -block;
  const all = Array.from({ length: block }, (_, index) => String.fromCodePoint(first + index));
  const letters = all.filter((letter) => smallLetter.test(letter) && fold(letter) === letter);
  return letters.length > mostLetters ? [] : letters;
}
