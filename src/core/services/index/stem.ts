import { porterStem } from "./porter";
import { stemCyrillic } from "./stem-cyrillic";
import { stemGreek } from "./stem-greek";

/** The stem of one folded word: English by Porter; words of other alphabets lose their commonest endings. */
export function stemWord(word: string): string {
  const first = word.charCodeAt(0);
  if (first < 128) return /^[a-z]+$/.test(word) ? porterStem(word) : word;
  if (first >= 0x0370 && first <= 0x03ff) return stemGreek(word);
  if (first >= 0x0400 && first <= 0x04ff) return stemCyrillic(word);
  if (first >= 0x0600 && first <= 0x06ff) return stemArabic(word);
  if (first >= 0x0900 && first <= 0x097f) return stemDevanagari(word);
  if (first >= 0x30a1 && first <= 0x30fa) return word.replace(longEnd, "");
  return word;
}

/** Loan words are written with and without the stroke that makes their last vowel long: サーバー, サーバ. */
const longEnd = /(?<=^[\u30a1-\u30fa\u30fc]{3,})\u30fc$/;

function stemArabic(word: string): string {
  let stem = word;
  if (stem.length > 4) stem = stem.replace(/^(?:وال|بال|كال|فال|ال|لل|و)(?=.{3})/, "");
  if (stem.length > 4) stem = stem.replace(/(?<=.{3})(?:ات|ان|ون|ين|ها|هم|يه|ه|ي)$/, "");
  return stem;
}

/** Endings of number, case and gender, and of verbs; after folding. */
const devanagariEnding = /(?:ियों|ियां|ाओं|ाएं|ुओं|ुएं|ाया|ाई|ाए|ने|ना|नी|ता|ते|ती|कर|ों|ें|ओं|एं|ीं|ां|ी|ा|े|ो|ि|ु|ू|ई|ए)$/;

function stemDevanagari(word: string): string {
  if (word.length < 4) return word;
  const stem = word.replace(devanagariEnding, "");
  return stem.length >= 2 ? stem : word;
}
