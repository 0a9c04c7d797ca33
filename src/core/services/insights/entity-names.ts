import { eachAsciiToken } from "./ascii-tokens";
import type { EntityTally } from "./entity-tally";
import { SmallWords } from "./small-words";
import { calendarWords, ORDINARY_CAPITALS, ORDINARY_WORDS, STOP_WORDS } from "./stop-words";
import type { LanguageGuess } from "./language";
import { isAscii } from "./words";

/** A word of a script that has capitals, with inner marks: "AT&T", "GPT-4", "O'Brien", "node.js". */
const token =
  /[\p{Lu}\p{Ll}\p{Lt}\p{N}][\p{Lu}\p{Ll}\p{Lt}\p{N}\p{M}]*(?:[-.&'’/+_][\p{Lu}\p{Ll}\p{Lt}\p{N}][\p{Lu}\p{Ll}\p{Lt}\p{N}\p{M}]*)*(?:\+\+|#)?/gu;
const connector = /^(?:of|de|da|do|del|della|di|van|von|der|den|la|le|du|des|dos|al|el|bin|ibn|&|y|e)$/;
const acronym = /^\p{Lu}[\p{Lu}\p{N}&]{1,9}s?$/u;
/** "GitHub", "iPhone", "OpenAI": a capital after a small letter. */
const mixedCase = /^[\p{L}\p{N}]*\p{Ll}\p{Lu}[\p{L}\p{N}]*$/u;
/** "ENG-123", "GPT-4", "K8s", "S3". */
const lettersAndDigits = /^(?=.*\p{Lu})(?=.*\p{N})[\p{L}][\p{L}\p{N}]*(?:-[\p{L}\p{N}.]+)*$/u;
const sentenceBreak = /[.!?:;•–—"“”«»|[\]]|\s-\s|\s{2}/;
/**
 * Ordinary words that begin many a name, but only in front of one: "New England", "Great Ormond Street"; and first names
 * that are short for a day or month somewhere.
 */
const leader = /^(?:New|Great|Old|Little|First|Second|Third|Best|High|Low|Saint|Upper|Lower|Sam|Jan|Dom)$/;
/** "callId", "startDateTime": names in a program, unlike "iPhone" and "eBay". */
const programName = /^\p{Ll}{2,}\p{Lu}/u;
const MAX_NAME_WORDS = 5;
const LONGEST_WORD = 60;

interface Word {
  text: string;
  lower: string;
  isName: boolean;
  /** First of a sentence, or after a colon, quote or dash, where any word gets a capital. */
  opens: boolean;
  /** Text between the word before and this one. */
  gap: string;
}

interface Run {
  words: Word[];
  weak: boolean;
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

  /** Reads one block. `heading`: capitals there prove nothing by themselves. */
  read(text: string, heading: boolean): void {
    const words = this.wordsOf(withoutAddresses(text));
    const capitals = words.filter((word) => word.text.charAt(0) !== word.lower.charAt(0)).length;
    const shouting = words.length >= 4 && capitals > words.length * 0.6;
    this.collect(words, heading || shouting);
  }

  /** Reads what a fact says. Any part of a list there begins with a capital as a sentence does. */
  readFact(text: string): void {
    const words = this.wordsOf(withoutAddresses(text));
    const opened = words.map((word) => (/[,/()·+]/.test(word.gap) ? { ...word, opens: true } : word));
    this.collect(opened, false);
  }

  /** Adds everything found to the tally. */
  tell(tally: EntityTally): void {
    const named = this.runs.flatMap(({ words }) => words.map(({ lower }) => lower));
    this.alsoSmall = this.smallWords.among(new Set(named));
    for (const run of this.runs) this.tellRun(run, tally);
  }

  private wordsOf(text: string): Word[] {
    const found = isAscii(text) ? this.asciiWords(text) : this.anyWords(text);
    for (const [index, word] of found.entries()) {
      const next = found[index + 1];
      if (word.isName && leader.test(word.text)) word.isName = next?.isName === true && next.gap === " ";
    }
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
      found.push(wordOf(word, lower, gap, found.length));
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
      found.push(wordOf(word, lower, gap, found.length));
    }
    return found;
  }

  private collect(words: readonly Word[], weak: boolean): void {
    for (let i = 0; i < words.length;) {
      const end = words[i]?.isName === true ? runEnd(words, i, this.language) : i + 1;
      if (words[i]?.isName === true) {
        this.runs.push({ words: words.slice(i, end), weak });
        if (!weak) for (const word of words.slice(i, end)) if (!word.opens) this.capitalWords.add(word.lower);
      }
      i = end;
    }
  }

  private tellRun(run: Run, tally: EntityTally): void {
    const words = this.trimmed(run.words);
    const [first] = words;
    if (first === undefined) return;
    if (words.length > 1) {
      // "CROSS JOIN", "BEGIN IMMEDIATE": commands, not names.
      if (words.every((word) => /^\p{Lu}{4,}$/u.test(word.text))) return;
      return tally.add(joined(words), run.weak ? "weak" : "strong", 1.5);
    }
    if (this.isOrdinary(first)) return;
    if (isCode(first.text)) return tally.add(first.text, "strong", programName.test(first.text) ? 0.5 : 1.2);
    if (this.language === "german" || first.text.length < 3) return;
    tally.add(first.text, run.weak || first.opens ? "weak" : "strong", 1);
  }

  /** Takes words off the front that have their capital from the sentence alone: "Fellow lineman …", "Untrusted SQL". */
  private trimmed(run: readonly Word[]): readonly Word[] {
    let words = run;
    while (words.length > 1) {
      const [first, second] = words;
      if (first === undefined || second === undefined) break;
      const unproven = !isCode(first.text) && isCode(second.text) && !this.capitalWords.has(first.lower);
      if (!connector.test(first.text) && !(first.opens && (this.isOrdinary(first) || unproven))) break;
      words = words.slice(1);
    }
    return words;
  }

  private isOrdinary(word: Word): boolean {
    // "Six-time", "Two-way": a name with a hyphen has a capital or a digit behind it.
    if (/^\p{Lu}\p{Ll}+-\p{Ll}+$/u.test(word.text)) return true;
    if (isCode(word.text)) return word.text.length >= 4 && this.alsoSmall.has(word.lower);
    return this.alsoSmall.has(word.lower) || ORDINARY_WORDS.has(word.lower);
  }
}

/** `before` are the words of the text that stand in front of it. */
function wordOf(text: string, lower: string, gap: string, before: number): Word {
  const opens = before === 0 || (gap !== " " && sentenceBreak.test(gap));
  return { text, lower, isName: text !== lower && nameLike(text, lower), opens, gap };
}

/** Addresses are names of their own kind; their parts are none. */
function withoutAddresses(text: string): string {
  if (!text.includes("@") && !text.includes("://")) return text;
  return text.replace(/https?:\/\/\S{1,2000}|[\w.+-]{1,64}@[\w.-]{1,200}/g, "|");
}

function withoutEnding(word: string): string {
  return word.includes("'") || word.includes("’") ? word.replace(/['’](?:s|m|d|ll|re|ve|t)$/i, "") : word;
}

function nameLike(word: string, lower: string): boolean {
  if (leader.test(word)) return true;
  if (STOP_WORDS.has(lower) && !(acronym.test(word) && word.length > 2)) return false;
  if (calendarWords().has(lower) || ORDINARY_CAPITALS.has(word)) return false;
  if (STOP_WORDS.has(lower.split(/['’-]/)[0] ?? "") && !/\p{N}/u.test(word)) return false;
  if (isCode(word)) return true;
  return /^\p{Lu}[\p{L}\p{M}'’.&-]*$/u.test(word) && !/\.\p{Ll}/u.test(word);
}

function isCode(word: string): boolean {
  if (/^\p{N}/u.test(word)) return false;
  if (/^[QHP]\d$|^v\d/i.test(word) || ORDINARY_CAPITALS.has(word)) return false;
  return (acronym.test(word) && word.length <= 8) || mixedCase.test(word) || lettersAndDigits.test(word);
}

/** Where the name that starts at `start` ends: names in a row, joined by connectors, perhaps with a number at the end. */
function runEnd(words: readonly Word[], start: number, language: LanguageGuess): number {
  // "der", "des" and "den" stand between any two German nouns.
  const joins = language === "german" ? /^(?:von|van|zu|&)$/ : connector;
  let end = start + 1;
  while (end < words.length && end - start < MAX_NAME_WORDS) {
    const next = words[end];
    if (next === undefined || !/^ (?:& )?$/.test(next.gap)) break;
    if (next.isName) end++;
    else if (joins.test(next.text) && isJoined(words, end)) end += 2;
    else {
      const numbered = /^\p{Lu}[\p{Ll}]+$/u.test(words[end - 1]?.text ?? "");
      return numbered && /^\d{1,3}(?:\.\d{1,3}){0,2}$/.test(next.text) ? end + 1 : end;
    }
  }
  return Math.min(end, words.length);
}

function isJoined(words: readonly Word[], at: number): boolean {
  const after = words[at + 1];
  return after?.isName === true && after.gap === " ";
}

function joined(words: readonly Word[]): string {
  return words.map((word, index) => (index === 0 ? word.text : `${word.gap}${word.text}`)).join("");
}
