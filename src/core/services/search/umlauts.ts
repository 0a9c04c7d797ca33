import { stemWord } from "@/core/services/index/stem";
import { foldWord } from "@/core/services/index/words";

/** What letters are written as where a keyboard lacks them; the index keeps them without their dots, rings and strokes. */
const spelledOut: Readonly<Record<string, string>> = { ä: "ae", ö: "oe", ü: "ue", å: "aa", ø: "oe" };
const letter = /[äöüåø]/g;
/** Two letters that may stand for one of these; not those of "neue", "Quelle", "guest", "poet" and "Michael". */
const twoLetters = /ae(?!l$)|(?<!^p)oe|aa|(?<![aegq])ue/g;
/** Letters that a word has at least. */
const shortest = 5;

/** The word in the other way, as the index would have it: mueller for Müller, muller for Mueller; undefined for most words. */
export function otherUmlauts(word: string): string | undefined {
  const small = word.normalize("NFC").toLowerCase();
  if (small.length < shortest) return undefined;
  const out = small.replaceAll(letter, (one) => spelledOut[one] ?? one);
  const other = out === small ? small.replaceAll(twoLetters, (two) => two.slice(0, 1)) : out;
  return other === small ? undefined : stemWord(foldWord(other));
}
