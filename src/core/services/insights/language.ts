import { eachWrittenWord } from "@/core/services/index/analyse";
import { ENGLISH_FUNCTION_WORDS, GERMAN_FUNCTION_WORDS } from "./stop-words";
import { isAscii, spacedWordsOf } from "./words";

/** What the entity and question rules need to know about a text's language. */
export type LanguageGuess = "english" | "german" | "other";

/** Words of a text that are looked at, and how many of them are words that a language hardly does without. */
interface Sample {
  words: number;
  english: number;
  german: number;
}

const mostWords = 1_000;

/** Guesses from the share of function words in the first thousand words. */
export function guessLanguage(text: string): LanguageGuess {
  const start = text.slice(0, 8_000);
  const { words, english, german } = isAscii(start) ? sampleOfAscii(start) : sampleOf(start);
  if (words === 0) return "other";
  const enough = Math.max(1, words * 0.12);
  if (german > english && german >= enough && german > 1) return "german";
  return english >= enough ? "english" : "other";
}

/** Plain English text has its words known already, or will have: the index asks for them too. */
function sampleOfAscii(text: string): Sample {
  const sample = { words: 0, english: 0, german: 0 };
  eachWrittenWord(text, ({ isEnglishFunction, isGermanFunction }) => {
    if (sample.words === mostWords) return;
    sample.words++;
    if (isEnglishFunction) sample.english++;
    if (isGermanFunction) sample.german++;
  });
  return sample;
}

function sampleOf(text: string): Sample {
  const words = spacedWordsOf(text).slice(0, mostWords);
  const among = (functionWords: ReadonlySet<string>) =>
    words.filter((word) => functionWords.has(word)).length;
  return {
    words: words.length,
    english: among(ENGLISH_FUNCTION_WORDS),
    german: among(GERMAN_FUNCTION_WORDS),
  };
}
