import type { Db } from "@/core/models/database";
import { analyse, termHash } from "@/core/services/index/analyse";
import { fold } from "@/core/services/index/fold";
import { familiarityOf } from "@/core/services/index/static-embedder";
import { stemWord } from "@/core/services/index/stem";
import { isUnspaced } from "@/core/services/index/words";
import { otherSpellings } from "./english-spellings";
import type { ParsedQuery, QueryTerm } from "./query";
import { numbersOtherwise, type OtherForm } from "./number-forms";
import { otherUmlauts } from "./umlauts";
import { formsByBeginning, likenessOf } from "./word-forms";

/** What a word counts that shares its stem with one that was asked for. */
const worth = 0.8;
const mostForms = 8;
/** Words of a query whose forms are looked for: each is a search of its own in the vocabulary. */
const mostWords = 24;
/** Words begun alike that are taken for forms, of all of a query's words and of one. */
const mostBegunAlike = { together: 128, ofOne: 16 };
/** Syllables that follow a Korean stem in one word, at most. */
const longestEnding = 4;

/**
 * Other forms, which the index holds, of a query's words: particles and verb endings follow a Korean word without a
 * space, articles and prepositions stand before a Hebrew one, words of most other languages have endings, colour is color
 * and `max_retries` is `maxRetries` elsewhere, and 1275250 is 1,275,250. The index keeps such words as written, or stems them as English.
 */
export async function inflectionsOf(
  db: Db,
  parsed: Pick<ParsedQuery, "text" | "language" | "fillers">,
  terms: readonly QueryTerm[],
): Promise<QueryTerm[]> {
  const { text: query, language } = parsed;
  const asked = new Set(terms.map((term) => term.stem));
  const found: QueryTerm[] = [];
  const add = (stem: string, count: number, formOf?: QueryTerm["formOf"]) => {
    if (asked.has(stem)) return;
    asked.add(stem);
    const form = { stem, stemHash: termHash(stem), exactHashes: [], count: count * worth, isStopWord: false };
    found.push(formOf === undefined ? form : { ...form, formOf });
  };
  const inflected = terms.filter(({ stem }) => hangul.test(stem) || hebrew.test(stem));
  for (const term of inflected.slice(0, mostWords)) {
    for (const stem of await formsOf(db, term.stem)) {
      const likeness = likenessOf(term.stem, stem);
      add(stem, term.count, likeness > 0 ? { term, likeness } : undefined);
    }
  }
  const adding = await wordsWithEndings(parsed, terms);
  const most = Math.min(
    mostBegunAlike.ofOne,
    Math.ceil(mostBegunAlike.together / Math.max(1, adding.length)),
  );
  for (const term of adding.slice(0, mostWords)) {
    for (const { stem, likeness } of await formsByBeginning(db, term.stem, most)) {
      // A name that English does not have is likely one all the same: "quills" asks for no quilt.
      if (language === undefined && (await isEnglish(stem))) continue;
      add(stem, term.count * likeness, { term, likeness });
    }
  }
  if (language === undefined) {
    const respelt = respeltTerms(query, terms);
    for (const stem of await knownAmong(db, [...respelt.keys()])) add(stem, respelt.get(stem) ?? 0);
  }
  const umlauts = respeltUmlauts(query, terms);
  for (const stem of await knownAmong(db, [...umlauts.keys()])) {
    const term = umlauts.get(stem);
    if (term !== undefined) add(stem, term.count, { term, likeness: worth });
  }
  for (const { stem, term } of await knownNumbers(db, query, terms)) {
    add(stem, term.count, { term, likeness: worth });
  }
  for (const stem of await knownAmong(db, [...joinedNames(query), ...groupsOfNumbers(query)])) add(stem, 1);
  // It stands for all of the groups that the query writes.
  for (const stem of await knownAmong(db, joinedNumbers(query))) add(stem, stem.length / 3);
  return found;
}

/** Its words lose their endings in the index already. */
const devanagari = /\p{Script=Devanagari}/u;
const latin = /\p{Script=Latin}/u;
/** Letters of Vietnamese alone, whose words have one form. */
const vietnamese = /[ơư\u1ea0-\u1ef9]/iu;

/** The query's words that have other forms with another end; words that only ask count less than one. */
async function wordsWithEndings(
  parsed: Pick<ParsedQuery, "text" | "language" | "fillers">,
  terms: readonly QueryTerm[],
): Promise<QueryTerm[]> {
  const words = terms.filter(({ stem, count }) => count >= 1 && !devanagari.test(stem) && !isUnspaced(stem));
  const inLatin = words.filter(({ stem }) => latin.test(stem));
  // Names and terms among words of another script are none of its own.
  if (2 * inLatin.length >= terms.length && (await isForeign(parsed, terms))) return words;
  return words.filter((term) => !inLatin.includes(term));
}

/** A query of whose words English binds fewer than this share, and has few of the longer ones, is in another language. */
const leastBinding = 1 / 3;
const leastFamiliar = 0.5;
/** Characters that tell a language. */
const enoughText = 2_000;
/** Names of code, addresses and numbers are in no language. */
const nameOfCode = /[_/\\@\p{N}]|\p{Ll}\p{Lu}|\p{L}\.\p{L}/u;

async function isForeign(
  { text, language, fillers }: Pick<ParsedQuery, "text" | "language" | "fillers">,
  terms: readonly QueryTerm[],
): Promise<boolean> {
  if (language === "vietnamese" || vietnamese.test(text.normalize("NFC"))) return false;
  if (language !== undefined) return true;
  if (fillers.length > leastBinding * (terms.length + fillers.length)) return false;
  const words = text.slice(0, enoughText).split(/\s+/u);
  return (await familiarityOf(words.filter((word) => !nameOfCode.test(word)).join(" "))) < leastFamiliar;
}

const longWord = /^[a-z]{4,}$/;

async function isEnglish(word: string): Promise<boolean> {
  return longWord.test(word) && (await familiarityOf(word)) === 1;
}

const englishWord = /[a-z]+/g;

/** Stems of the query's words in the other spelling of English, with what each counts. */
function respeltTerms(query: string, terms: readonly QueryTerm[]): Map<string, number> {
  const counts = new Map(terms.map(({ stem, count }) => [stem, count]));
  const respelt = new Map<string, number>();
  for (const [word] of query.toLowerCase().matchAll(englishWord)) {
    const others = otherSpellings(word);
    const count = others.length === 0 ? undefined : counts.get(stemWord(word));
    if (count === undefined) continue;
    for (const other of others) respelt.set(stemWord(other), count);
  }
  return respelt;
}

/** Stems of words with umlauts and the like in the other way to write them, with the term that each stands for. */
function respeltUmlauts(query: string, terms: readonly QueryTerm[]): Map<string, QueryTerm> {
  const byStem = new Map(terms.map((term) => [term.stem, term]));
  const respelt = new Map<string, QueryTerm>();
  for (const token of analyse(query.slice(0, enoughText))) {
    const other = otherUmlauts(query.slice(token.start, token.end));
    const term = byStem.get(token.stem);
    if (other !== undefined && term !== undefined) respelt.set(other, term);
  }
  return respelt;
}

const notInName = /[^\p{L}\p{N}_]+/u;
const mostNames = 32;

/** Names with underscores, as they are written without. */
function joinedNames(query: string): string[] {
  if (!query.includes("_")) return [];
  const names = query.split(notInName).filter((name) => name.includes("_"));
  return names
    .slice(0, mostNames)
    .flatMap((name) => analyse(name.replaceAll("_", "")).map(({ stem }) => stem));
}

/** Other ways to write the query's numbers. Of those of two digits every index has most, and looking takes long: they are in many texts. */
async function knownNumbers(db: Db, query: string, terms: readonly QueryTerm[]): Promise<OtherForm[]> {
  const forms = numbersOtherwise(query, terms);
  const long = forms.filter(({ stem }) => stem.length > 2).map(({ stem }) => stem);
  const known = new Set(await knownAmong(db, long));
  return forms.filter(({ stem }) => stem.length <= 2 || known.has(stem));
}

const groupedNumber = /(?<![\p{N}.,])\p{Nd}{1,3}(?:[.,'’ \u00a0\u202f]\p{Nd}{3})+(?!\p{N})/gu;
const longNumber = /(?<![\p{L}\p{N}.,])\p{Nd}{5,15}(?!\p{N})/gu;

/** Large numbers written in groups of three, as they are without. */
function joinedNumbers(query: string): string[] {
  const numbers = [...query.matchAll(groupedNumber)].slice(0, mostNames);
  return numbers.map(([number]) => fold(number.replaceAll(/\P{Nd}/gu, "")));
}

/** Groups of three digits of large numbers that are written without. */
function groupsOfNumbers(query: string): string[] {
  const numbers = [...query.matchAll(longNumber)].slice(0, mostNames);
  return numbers.flatMap(([written]) => {
    const number = fold(written);
    return Array.from({ length: Math.floor(number.length / 3) }, (_, index) =>
      number.slice(number.length - 3 * (index + 1)).slice(0, 3),
    );
  });
}

async function knownAmong(db: Db, stems: readonly string[]): Promise<string[]> {
  if (stems.length === 0) return [];
  const rows = await db.raw.all(
    `SELECT v.term FROM json_each(?) j CROSS JOIN searchVocabulary v ON v.term = j.value`,
    [JSON.stringify(stems)],
  );
  return rows.map((row) => String(row["term"]));
}

function formsOf(db: Db, word: string): Promise<string[]> {
  return hangul.test(word) ? koreanForms(db, word) : hebrewForms(db, word);
}

const hangul = /^[\uac00-\ud7a3]{2,}$/;
/** Particles, and endings of the commonest verbs, the longer ones first. */
const koreanEnding = new RegExp(
  `(?:${(
    "했습니다 되었습니다 합니까 합니다 됩니까 됩니다 입니까 입니다 하나요 되나요 인가요 에게서 에서는 에서도 으로는 " +
    "으로도 으로서 으로써 이라는 이라고 하는 되는 하고 하며 해서 하면 되면 에서 에게 한테 으로 까지 부터 처럼 보다 마다 이나 라는 라고 " +
    "들은 들이 들을 들의 은 는 이 가 을 를 의 에 로 와 과 도 만 나요"
  ).replaceAll(" ", "|")})$`,
);

/** The words that begin as this one does without its ending. */
async function koreanForms(db: Db, word: string): Promise<string[]> {
  const bare = word.replace(koreanEnding, "");
  const stem = bare.length < 2 ? word : bare;
  const rows = await db.raw.all(
    `SELECT term FROM searchVocabulary WHERE term >= ? AND term < ? AND length(term) <= ? ORDER BY doc DESC LIMIT ?`,
    [stem, `${stem}\u{10ffff}`, stem.length + longestEnding, mostForms],
  );
  return rows.map((row) => String(row["term"]));
}

const hebrew = /^[\u05d0-\u05ea]{4,}$/;
/** And, the, in, to, from, that, as: one or two of them may stand before a word. */
const hebrewPrefix = /^[ובהלמשכ]/;

/** The word without what may be written before it. */
function hebrewForms(db: Db, word: string): Promise<string[]> {
  const once = word.replace(hebrewPrefix, "");
  const twice = once.replace(hebrewPrefix, "");
  return knownAmong(
    db,
    [once, twice].filter((form) => form.length >= 3 && form !== word),
  );
}
