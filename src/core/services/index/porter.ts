/** Porter's stemmer for English (the original algorithm of 1980), for lower-case ASCII words. */
const consonant = "[^aeiou]";
const vowel = "[aeiouy]";
const consonants = `${consonant}[^aeiouy]*`;
const vowels = `${vowel}[aeiou]*`;

const measureOver0 = new RegExp(`^(${consonants})?${vowels}${consonants}`);
const measureIs1 = new RegExp(`^(${consonants})?${vowels}${consonants}(${vowels})?$`);
const measureOver1 = new RegExp(`^(${consonants})?${vowels}${consonants}${vowels}${consonants}`);
const hasVowel = new RegExp(`^(${consonants})?${vowel}`);
const shortEnd = new RegExp(`^${consonants}${vowel}[^aeiouwxy]$`);

const step2 =
  /^(.+?)(ational|tional|enci|anci|izer|bli|alli|entli|eli|ousli|ization|ation|ator|alism|iveness|fulness|ousness|aliti|iviti|biliti|logi)$/;
const step2To: Readonly<Record<string, string>> = {
  ational: "ate",
  tional: "tion",
  enci: "ence",
  anci: "ance",
  izer: "ize",
  bli: "ble",
  alli: "al",
  entli: "ent",
  eli: "e",
  ousli: "ous",
  ization: "ize",
  ation: "ate",
  ator: "ate",
  alism: "al",
  iveness: "ive",
  fulness: "ful",
  ousness: "ous",
  aliti: "al",
  iviti: "ive",
  biliti: "ble",
  logi: "log",
};
const step3 = /^(.+?)(icate|ative|alize|iciti|ical|ful|ness)$/;
const step3To: Readonly<Record<string, string>> = {
  icate: "ic",
  ative: "",
  alize: "al",
  iciti: "ic",
  ical: "ic",
  ful: "",
  ness: "",
};
const step4 = /^(.+?)(al|ance|ence|er|ic|able|ible|ant|ement|ment|ent|ou|ism|ate|iti|ous|ive|ize)$/;

/** The stem of a lower-case ASCII word; words under three letters stay as they are. */
export function porterStem(word: string): string {
  if (word.length < 3) return word;
  let stem = word;
  const startsWithY = stem.startsWith("y");
  if (startsWithY) stem = `Y${stem.slice(1)}`;
  stem = plurals(stem);
  stem = pastAndGerund(stem);
  if (stem.endsWith("y") && hasVowel.test(stem.slice(0, -1))) stem = `${stem.slice(0, -1)}i`;
  stem = suffix(stem, step2, step2To);
  stem = suffix(stem, step3, step3To);
  stem = finish(longSuffix(stem));
  return startsWithY ? `y${stem.slice(1)}` : stem;
}

function plurals(stem: string): string {
  if (/(?:ss|i)es$/.test(stem)) return stem.slice(0, -2);
  return /[^s]s$/.test(stem) ? stem.slice(0, -1) : stem;
}

function pastAndGerund(stem: string): string {
  if (stem.endsWith("eed")) return measureOver0.test(stem.slice(0, -3)) ? stem.slice(0, -1) : stem;
  const cut = /^(.+?)(?:ed|ing)$/.exec(stem)?.[1];
  if (cut === undefined || !hasVowel.test(cut)) return stem;
  if (/(?:at|bl|iz)$/.test(cut)) return `${cut}e`;
  if (/([^aeiouylsz])\1$/.test(cut)) return cut.slice(0, -1);
  return shortEnd.test(cut) ? `${cut}e` : cut;
}

function suffix(stem: string, pattern: RegExp, to: Readonly<Record<string, string>>): string {
  const match = pattern.exec(stem);
  const base = match?.[1];
  if (base === undefined || !measureOver0.test(base)) return stem;
  return base + (to[match?.[2] ?? ""] ?? "");
}

function longSuffix(stem: string): string {
  const base = step4.exec(stem)?.[1];
  if (base !== undefined) return measureOver1.test(base) ? base : stem;
  const ion = /^(.+?[st])ion$/.exec(stem)?.[1];
  return ion !== undefined && measureOver1.test(ion) ? ion : stem;
}

function finish(stem: string): string {
  let end = stem;
  if (end.endsWith("e")) {
    const base = end.slice(0, -1);
    if (measureOver1.test(base) || (measureIs1.test(base) && !shortEnd.test(base))) end = base;
  }
  return end.endsWith("ll") && measureOver1.test(end) ? end.slice(0, -1) : end;
}
