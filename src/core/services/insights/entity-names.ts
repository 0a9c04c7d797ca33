import { eachAsciiToken } from "./ascii-tokens";
import type { EntityTally } from "./entity-tally";
import { isImperative } from "./heading-questions";
import type { LanguageGuess } from "./language";
import {
  isCode,
  markByNeighbours,
  ticketKey,
  type Word,
  withoutAddresses,
  withoutEnding,
  wordOf,
} from "./name-words";
import { SmallWords } from "./small-words";
import { ENGLISH_FUNCTION_WORDS, ORDINARY_WORDS, STOP_WORDS } from "./stop-words";
import { isAscii } from "./words";

/** A word of a script that has capitals, with inner marks: "AT&T", "GPT-4", "O'Brien", "node.js". */
const token =
  /[\p{Lu}\p{Ll}\p{Lt}\p{N}][\p{Lu}\p{Ll}\p{Lt}\p{N}\p{M}]*(?:[-.&'’/+_][\p{Lu}\p{Ll}\p{Lt}\p{N}][\p{Lu}\p{Ll}\p{Lt}\p{N}\p{M}]*)*(?:\+\+|#)?/gu;
const connector = /^(?:of|de|da|do|del|della|di|van|von|der|den|la|le|du|des|dos|al|el|bin|ibn|&)$/;
/** "callId", "startDateTime": names in a program, unlike "iPhone" and "eBay". */
const programName = /^\p{Ll}{2,}\p{Lu}/u;
/** Forms of companies, which are no name alone. */
const companyForm = /^(?:GmbH|GbR|AG|KG|OHG|UG|LLC|LLP|PLC|SARL|SAS|SpA|BV|NV|AB|AS|ApS)$/i;
/** The number behind a name: "Windows 11", "Debian 12.1". */
const version = /^\d{1,3}(?:\.\d{1,2}){0,2}$/;
const MAX_NAME_WORDS = 5;
const LONGEST_WORD = 60;

/** Where words stand, which decides what their capitals prove. */
type Setting = "text" | "heading" | "shouted" | "fact" | "value";

interface Run {
  words: Word[];
  setting: Setting;
}

/** Finds names by their capitals. Texts come first, all of them; names are told once all words were seen. */
export class NameFinder {
  private readonly runs: Run[] = [];
  private readonly smallWords = new SmallWords();
  /** Words of the runs that are met in small letters as well; known once all texts were read. */
  private alsoSmall: ReadonlySet<string> = new Set();
  /** Words met with a capital where only a name has one. */
  private readonly capitalWords = new Set<string>();

  constructor(private readonly language: LanguageGuess) {}

  /** Reads one block. Of headings and cells of tables, capitals prove nothing by themselves. */
  read(text: string, place: "text" | "heading" | "cell"): void {
    const words = this.wordsOf(withoutAddresses(text));
    const capitals = words.filter((word) => word.text.charAt(0) !== word.lower.charAt(0)).length;
    const isTitle = words.length >= 4 && capitals > words.length * 0.6;
    const isShouted = place === "heading" && words.every((word) => word.text === word.text.toUpperCase());
    this.collect(words, isShouted ? "shouted" : place === "text" && !isTitle ? "text" : "heading");
  }

  /** Reads what a fact says. Any part of a list there begins with a capital as a sentence does. */
  readFact(text: string): void {
    const words = this.wordsOf(withoutAddresses(text));
    for (const word of words) word.opens ||= /[,/()·+]/.test(word.gap);
    this.collect(words, "fact");
  }

  /** Reads a cell of a table of things: who or what several words with capitals name there is one of them. */
  readValue(text: string): void {
    const words = this.wordsOf(withoutAddresses(text));
    const isName = words.length > 1 && words.length <= MAX_NAME_WORDS && words.every((word) => word.isName);
    this.collect(words, isName ? "value" : "heading");
  }

  /** Adds everything found to the tally. */
  tell(tally: EntityTally): void {
    const named = this.runs.flatMap(({ words }) => words.map(({ lower }) => lower));
    this.alsoSmall = this.smallWords.among(new Set(named));
    for (const run of this.runs) this.tellRun(run, tally);
  }

  private wordsOf(text: string): Word[] {
    const found = isAscii(text) ? this.asciiWords(text) : this.anyWords(text);
    markByNeighbours(found);
    return found;
  }

  private asciiWords(text: string): Word[] {
    const found: Word[] = [];
    const small: number[] = [];
    let last = 0;
    eachAsciiToken(text, (start, end, hasCapital, hasApostrophe) => {
      const gap = text.slice(last, start);
      last = end;
      const raw = text.slice(start, end);
      const word = hasApostrophe ? withoutEnding(raw) : raw;
      if (word.length > LONGEST_WORD) return;
      const lower = hasCapital ? word.toLowerCase() : word;
      if (word === lower) small.push(start, start + word.length);
      found.push(wordOf(word, lower, gap, found.length, word !== raw));
    });
    this.smallWords.note(text, small);
    return found;
  }

  private anyWords(text: string): Word[] {
    const found: Word[] = [];
    let end = 0;
    for (const raw of text.match(token) ?? []) {
      const word = withoutEnding(raw);
      const start = text.indexOf(raw, end);
      const gap = text.slice(end, start);
      end = start + raw.length;
      if (word.length > LONGEST_WORD) continue;
      const lower = word.toLowerCase();
      if (word === lower) this.smallWords.add(lower);
      found.push(wordOf(word, lower, gap, found.length, word !== raw));
    }
    return found;
  }

  private collect(words: readonly Word[], setting: Setting): void {
    const proves = setting === "text" || setting === "fact";
    for (let i = 0; i < words.length;) {
      const end = words[i]?.isName === true ? runEnd(words, i, this.language) : i + 1;
      if (words[i]?.isName === true) {
        const run = words.slice(i, end);
        this.runs.push({ words: run, setting });
        if (proves) for (const word of run) if (!word.opens) this.capitalWords.add(word.lower);
      }
      i = end;
    }
  }

  private tellRun({ words: run, setting }: Run, tally: EntityTally): void {
    const words = this.trimmed(run);
    const [first, second] = words;
    if (first === undefined) return;
    const inTitle =
      setting === "heading" ||
      setting === "shouted" ||
      (setting === "value" && run.some((word) => this.isOrdinary(word)));
    if (second !== undefined && words.length === 2 && version.test(second.text)) {
      return this.tellNumbered(first, joined(words), inTitle, tally);
    }
    if (second !== undefined) {
      // "CROSS JOIN", "BEGIN IMMEDIATE": commands, not names.
      if (words.every((word) => /^\p{Lu}{4,}$/u.test(word.text))) return;
      return tally.add(joined(words), inTitle ? "weak" : "strong", 1.5);
    }
    if (this.isOrdinary(first) || companyForm.test(first.text)) return;
    if (isCode(first.text)) {
      const weight = programName.test(first.text) ? 0.5 : 1.2;
      // A whole heading in capitals: "DESCRIPTION", "ВАЖНО".
      return tally.add(
        first.text,
        setting === "shouted" && !/\p{N}/u.test(first.text) ? "weak" : "strong",
        weight,
      );
    }
    if (this.language === "german" || first.text.length < 3) return;
    tally.add(first.text, setting !== "text" || first.opens ? "weak" : "strong", 1);
  }

  /** "Windows 11" is a name, "Table 3" and "Nearly 14" are not. */
  private tellNumbered(first: Word, name: string, inTitle: boolean, tally: EntityTally): void {
    if (this.isOrdinary(first)) return;
    const unproven = inTitle || this.language === "german" || first.opens;
    tally.add(name, unproven && !isCode(first.text) ? "weak" : "strong", 1.5);
  }

  /** Takes words off the front that have their capital from the sentence alone: "Fellow lineman …", "Untrusted SQL". */
  private trimmed(run: readonly Word[]): readonly Word[] {
    let words = run;
    while (words.length > 1) {
      const [first, second] = words;
      if (first === undefined || second === undefined) break;
      if (!connector.test(first.text) && !(first.opens && this.hasCapitalByPlace(first, second))) break;
      words = words.slice(1);
    }
    return words;
  }

  private hasCapitalByPlace(first: Word, second: Word): boolean {
    if (version.test(second.text) || companyForm.test(second.text)) return false;
    if (this.isOrdinary(first) || (this.language === "english" && isImperative(first.lower))) return true;
    return !isCode(first.text) && isCode(second.text) && !this.capitalWords.has(first.lower);
  }

  private isOrdinary(word: Word): boolean {
    // "Six-time", "Two-way": a name with a hyphen has a capital or a digit behind it.
    if (/^\p{Lu}\p{Ll}+-\p{Ll}+$/u.test(word.text)) return true;
    if (isCode(word.text)) return word.text.length >= 4 && this.alsoSmall.has(word.lower);
    return this.alsoSmall.has(word.lower) || ORDINARY_WORDS.has(word.lower);
  }
}

/** Where the name that starts at `start` ends: names in a row, joined by connectors, perhaps with a number at the end. */
function runEnd(words: readonly Word[], start: number, language: LanguageGuess): number {
  // "der", "des" and "von" stand between any two German nouns: "Anzahl von Paketen".
  const joins = language === "german" ? /^(?:van|&)$/ : connector;
  let end = start + 1;
  while (end < words.length && end - start < MAX_NAME_WORDS) {
    const [last, next] = [words[end - 1], words[end]];
    if (last === undefined || next === undefined || !/^ (?:& )?$/.test(next.gap)) break;
    if (last.owns || ticketKey.test(last.text) || ticketKey.test(next.text)) break;
    if (next.isName || isWrittenAsName(words, end, language)) end++;
    else if (joins.test(next.text) && isJoined(words, end)) end += 2;
    else return /^\p{Lu}[\p{Ll}]+$/u.test(last.text) && version.test(next.text) ? end + 1 : end;
  }
  return Math.min(end, words.length);
}

/**
 * "An" in "Nguyễn Văn An", "Das" in "Amit Das": small words of some language that have a capital behind a name. English ones
 * in an English text are part of one only inside it: "Times Good University Guide".
 */
function isWrittenAsName(words: readonly Word[], at: number, language: LanguageGuess): boolean {
  const word = words[at];
  if (word === undefined || word.opens || !STOP_WORDS.has(word.lower)) return false;
  if (!/^\p{Lu}\p{Ll}+$/u.test(word.text)) return false;
  return language !== "english" || !ENGLISH_FUNCTION_WORDS.has(word.lower) || isJoined(words, at);
}

function isJoined(words: readonly Word[], at: number): boolean {
  const after = words[at + 1];
  return after?.isName === true && after.gap === " ";
}

function joined(words: readonly Word[]): string {
  return words.map((word, index) => (index === 0 ? word.text : `${word.gap}${word.text}`)).join("");
}
