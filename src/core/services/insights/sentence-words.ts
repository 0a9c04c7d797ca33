import { eachWrittenWord } from "@/core/services/index/analyse";
import { isAscii, isTerm, wordsOf } from "./words";

/** What a sentence's words come to. */
export interface SentenceWords {
  count: number;
  /** Letters and digits of all of them. */
  letters: number;
  /** Words that carry the subject, in lower case, in their order. */
  terms: Set<string>;
}

/** Counts the words of a sentence. Those of plain English text are known from the index, which is much quicker. */
export function sentenceWords(sentence: string): SentenceWords {
  const found: SentenceWords = { count: 0, letters: 0, terms: new Set() };
  const take = (word: string, carries: boolean) => {
    found.count++;
    found.letters += word.length;
    if (carries) found.terms.add(word);
  };
  if (isAscii(sentence)) eachWrittenWord(sentence, (word) => take(word.lower, word.isTerm));
  else for (const word of wordsOf(sentence)) take(word, isTerm(word));
  return found;
}
