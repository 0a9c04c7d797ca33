import { simplify } from "./han";

/**
 * Makes spellings alike that a reader takes for the same word: case, width, accents on Latin letters, Arabic marks, traditional
 * and simplified Chinese, digits of other scripts, and signs that only say how letters join or where a line may end.
 */
export function fold(word: string): string {
  if (isAscii(word)) return word.toLowerCase();
  const lower = word
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[\u00ad\u200c\u200d]/g, "")
    .replaceAll(/[^\P{Nd}0-9]/gu, asciiDigit);
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

const digit = /^\p{Nd}$/u;

/** A digit of any script: each has its ten in a row. */
function asciiDigit(written: string): string {
  const code = written.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && digit.test(String.fromCodePoint(code - value - 1))) value++;
  return String(value);
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

/**
 * Drops vowel marks and the stretching line; writes the forms of alef, yeh and teh marbuta alike, and the letters of Persian
 * and Urdu that many keyboards write as Arabic ones.
 */
function foldArabic(word: string): string {
  return word
    .replaceAll(/[\u064b-\u0652\u0670\u0640]/g, "")
    .replaceAll(/[أإآٱ]/g, "ا")
    .replaceAll(/[ىی]/g, "ي")
    .replaceAll("ک", "ك")
    .replaceAll(/[ةۃہھۀۂە]/g, "ه");
}

/** Drops the dot below; a nasal before a consonant, and the moon dot, are written as the plain dot. */
function foldDevanagari(word: string): string {
  return word
    .normalize("NFD")
    .replaceAll(/[\u093c]/g, "")
    .replaceAll(/[ङञणनम]\u094d(?=[क-ह])/g, "\u0902")
    .replaceAll("\u0901", "\u0902");
}
