import type { Db } from "@/core/models/database";
import { termsBeginning } from "./text/fts5/terms-beginning";

/** Words begun alike that are looked at. */
const wordsLookedAt = 200;
/** Letters that all forms of a word begin with, at least, and their share of the word. */
const shortestBeginning = 3;
const leastShared = 0.55;
/** Letters that one form has where another ends: `talo`, `taloissamme`. */
const longestEndings = { ofWord: 5, ofForm: 7 };
const letters = /^\p{L}[\p{L}\p{M}]*$/u;

/** A word that may be another form of one that was asked for. */
export interface WordForm {
  stem: string;
  /** What it counts where the word counts 1. */
  likeness: number;
}

/**
 * Words of the index that begin as this one does, the likeliest forms of it first: what a language adds to a word, most
 * add at its end. No list of endings is needed, so it holds for languages that nobody made one for.
 */
export async function formsByBeginning(db: Db, word: string, most: number): Promise<WordForm[]> {
  const shared = Math.max(
    shortestBeginning,
    word.length - longestEndings.ofWord,
    Math.ceil(word.length * leastShared),
  );
  if (word.length < shared || !letters.test(word)) return [];
  const start = word.slice(0, shared);
  const begunAlike = await termsBeginning(db, "searchText", start, wordsLookedAt);
  return begunAlike
    .filter((stem) => stem !== word && letters.test(stem))
    .map((stem) => ({ stem, likeness: likenessOf(word, stem) }))
    .filter(({ likeness }) => likeness > 0)
    .toSorted((a, b) => b.likeness - a.likeness)
    .slice(0, most);
}

/** The square of the share that both have of their beginning: what differs in more than its ending says less. */
export function likenessOf(word: string, form: string): number {
  let shared = 0;
  while (shared < word.length && word[shared] === form[shared]) shared++;
  if (form.length - shared > longestEndings.ofForm) return 0;
  return ((2 * shared) / (word.length + form.length)) ** 2;
}
