import { stemWord } from "@/core/services/index/stem";

/**
 * Endings of number, case, gender and person in languages with Latin letters, as folded words have them. The index stems
 * such words as English ones, since a text may be in any language; a question tells its own.
 */
const endings = {
  german: "e en er es em n s t te ten tes end ende enden ern nen",
  spanish: "s es a o as os e ar er ir an en ado ada ados adas ando iendo aron acion",
  portuguese: "s es a o as os e ar er ir am em ado ada ados adas ando endo aram acao aco al ais",
  polish:
    "a y i e u o om ach ami ow em ego emu ej ych ym ymi ich im imi iego iemu iej ie ia iu ii ac ic ja jac al ala ali ila ili",
};

const byLanguage = new Map(
  Object.entries(endings).map(([language, line]) => [
    language,
    line.split(" ").toSorted((a, b) => b.length - a.length),
  ]),
);
const plainWord = /^[a-z]+$/;
/** Letters that are left of a word at least. */
const shortest = 4;

/** What a word's forms look like in the index. */
export interface Forms {
  /** How all of them begin. */
  start: string;
  stems: ReadonlySet<string>;
}

/** The forms of a word, from the stem of one; none of a short word, or in a language not known here. */
export function formsOfWord(stem: string, language: string): Forms | undefined {
  const known = byLanguage.get(language);
  if (known === undefined || stem.length < shortest || !plainWord.test(stem)) return undefined;
  const ending = known.find((one) => stem.length - one.length >= shortest && stem.endsWith(one)) ?? "";
  const bare = stem.slice(0, stem.length - ending.length);
  const stems = [bare, ...known.map((one) => bare + one)].map((form) => stemWord(form));
  return { start: stems.reduce(sharedStart), stems: new Set(stems) };
}

function sharedStart(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return one.slice(0, length);
}
