import { simplify } from "./han";

/**
 * Makes spellings alike that a reader takes for the same word: case, width, accents on Latin letters, Arabic marks, traditional
 * and simplified Chinese.
 */
export function fold(word: string): string {
  if (isAscii(word)) return word.toLowerCase();
  const lower = word.normalize("NFKC").toLowerCase();
  if (/\p{Script=Latin}/u.test(lower)) return foldLatin(lower);
  if (/\p{Script=Cyrillic}/u.test(lower)) return lower.replaceAll("ё", "е");
  if (/\p{Script=Greek}/u.test(lower)) {
    return lower
      .normalize("NFD")
      .replaceAll(/[\u0300-\u036f]/g, "")
      .replaceAll("ς", "σ");
  }
  if (/\p{Script=Han}/u.test(lower)) return simplify(lower);
  if (/\p{Script=Arabic}/u.test(lower)) return foldArabic(lower);
  if (/\p{Script=Devanagari}/u.test(lower)) return foldDevanagari(lower);
  if (/\p{Script=Hebrew}/u.test(lower)) return lower.replaceAll(/[\u0591-\u05c7]/g, "");
  return lower;
}

/** True when every UTF-16 unit is below 128. */
export function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 127) return false;
  return true;
}

const latinLetters: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

function foldLatin(word: string): string {
  return word
    .normalize("NFD")
    .replaceAll(/[\u0300-\u036f]/g, "")
    .replaceAll(/[ßæœøłđðþı]/g, (letter) => latinLetters[letter] ?? letter);
}

/** Drops vowel marks and the stretching line; writes the forms of alef, yeh and teh marbuta alike. */
function foldArabic(word: string): string {
  return word
    .replaceAll(/[\u064b-\u0652\u0670\u0640]/g, "")
    .replaceAll(/[أإآٱ]/g, "ا")
    .replaceAll("ى", "ي")
    .replaceAll("ة", "ه");
}

/** Drops the dot below and joiners; a nasal before a consonant, and the moon dot, are written as the plain dot. */
function foldDevanagari(word: string): string {
  return word
    .normalize("NFD")
    .replaceAll(/[\u093c\u200c\u200d]/g, "")
    .replaceAll(/[ङञणनम]\u094d(?=[क-ह])/g, "\u0902")
    .replaceAll("\u0901", "\u0902");
}
