import { analyse, termHash, type Token } from "@/core/services/index/analyse";
import { stemWord } from "@/core/services/index/stem";
import { askingWords, languageOf } from "./asking-words";
import { timesAskedFor } from "./time-words";

/** One distinct stem of a query. */
export interface QueryTerm {
  stem: string;
  stemHash: number;
  /** Hashes of the forms in which the query writes it. */
  exactHashes: readonly number[];
  /** How often the query says it, or a part of that for a word that only asks. */
  count: number;
  isStopWord: boolean;
  /** Of another form of a word: which one, and what it counts where that word counts 1. */
  formOf?: { term: QueryTerm; likeness: number };
}

interface AskedTerm extends QueryTerm {
  exactHashes: number[];
  /** Whether it is a stop word in a name of code. */
  isInCode: boolean;
  /** Whether it only asks. */
  asks: boolean;
}

export interface ParsedQuery {
  text: string;
  /** The query without words of talk (`talkStems`): what is compared character by character. */
  subject: string;
  terms: QueryTerm[];
  /** Stop words that were left out: used when nothing else is found. */
  fillers: QueryTerm[];
  /** Neighbouring pairs of the query's words, by stem hash, stop words left out. */
  pairs: readonly (readonly [number, number])[];
  /** Hashes of stems that name a time, when the query asks for one. */
  times: ReadonlySet<number> | undefined;
  /** The language with Latin letters that its words tell, as `german`; undefined for English, and where none is told. */
  language: string | undefined;
}

/** Text beyond this is not looked at: the rarest words of a pasted page are in it already. */
const longestQuery = 10_000;

const stopWords = new Set(
  (
    "a an and any are as at be been being but by can could did do does doing for from had has have having he her " +
    "hers him his how i if in into is it its just may me might my no nor not of off on or our ours out over own s " +
    "shall she should so some such t than that the their theirs them then there these they this those through to " +
    "too under until up upon us very was we were what when where which while who whom whose why will with would you " +
    "your yours about all also am because between both during each few more most only other same again don ve ll re d m"
  ).split(" "),
);

/** Whether a word, as it is folded, binds others and says little by itself. */
export function isStopWord(word: string): boolean {
  return stopWords.has(word);
}

const stemsOf = (words: string) => new Set(words.split(" ").map((word) => stemWord(word)));
/** Stop words as the index has them. */
export const stopStems: ReadonlySet<string> = stemsOf([...stopWords].join(" "));
/** Words that tell what to do with a subject, or that it was spoken of; by stem. Who spoke of it did not say them. */
const talkStems = stemsOf(
  "summarize summarise summary discuss discussion describe explain said say think thought opinion talk mention " +
    "regarding concerning according whole main idea",
);
/** Other words that ask for an answer and say little of what it is about; by stem. */
const requestStems = stemsOf(
  "tell list show give find know want need help please question answer information detail",
);
/** What such a word counts. */
const promptWorth = 0.3;

/**
 * A query as its distinct terms. Nothing in it is an operator. Stop words carry no weight unless there is nothing else.
 */
export function parseQuery(query: string): ParsedQuery {
  // A mark that asks for an emoji's colour is no word, though marks belong to words.
  const tokens = analyse(query.slice(0, longestQuery).replaceAll("\uFE0F", " "));
  const words = tokens.map(({ exact }) => exact);
  const told = languageOf(words, stopWords);
  const asking = askingWords(words, told);
  const quantities = quantitiesAsked(tokens);
  const byStem = new Map<string, AskedTerm>();
  for (const token of tokens) {
    const exactHash = termHash(token.exact);
    const known = byStem.get(token.stem);
    const isStopWord = stopWords.has(token.exact);
    const isInCode = isStopWord && isInName(query, token);
    if (known === undefined) {
      byStem.set(token.stem, {
        stem: token.stem,
        stemHash: termHash(token.stem),
        exactHashes: [exactHash],
        count: 1,
        isStopWord,
        isInCode,
        asks:
          talkStems.has(token.stem) ||
          requestStems.has(token.stem) ||
          asking.has(token.exact) ||
          quantities.has(token.exact),
      });
    } else {
      known.count++;
      known.isInCode ||= isInCode;
      if (!known.exactHashes.includes(exactHash)) known.exactHashes.push(exactHash);
    }
  }
  const terms = [...byStem.values()];
  const content = contentOf(terms);
  const useful = content.length > 0 ? lowerPrompts(content) : terms;
  const kept = new Set(useful.map((term) => term.stem));
  const stems = tokens.filter((token) => kept.has(token.stem)).map((token) => termHash(token.stem));
  const pairs = stems.slice(1).map((stem, index) => [stems[index] ?? 0, stem] as const);
  const fillers = terms.filter((term) => !kept.has(term.stem));
  return {
    text: query,
    subject: subjectOf(query, tokens),
    terms: useful,
    fillers,
    pairs: pairs.slice(0, 64),
    times: timesAskedFor(tokens),
    language: told?.language,
  };
}

/** What is not a stop word; of a name of code that has hardly another word, all of it. */
function contentOf(terms: readonly AskedTerm[]): AskedTerm[] {
  const content = terms.filter((term) => !term.isStopWord);
  return content.length > 1 ? content : terms.filter((term) => !term.isStopWord || term.isInCode);
}

const nameOfCode = /[\p{L}\p{N}]_[\p{L}\p{N}]/u;
/** Characters of a name that are looked at, on either side of a word. */
const longestName = 64;
const inName = /[\p{L}\p{N}\p{M}_]/u;

/** Whether a word is part of a name of code (`to_func`). */
function isInName(query: string, { start, end }: Token): boolean {
  let from = start;
  let to = end;
  while (start - from < longestName && inName.test(query[from - 1] ?? "")) from--;
  while (to - end < longestName && inName.test(query[to] ?? "")) to++;
  return nameOfCode.test(query.slice(from, to));
}

/** The second word of "how many" and "how much", which only asks; "many" alone may be what a text is about. */
function quantitiesAsked(tokens: readonly Token[]): ReadonlySet<string> {
  const second = tokens.filter((_, index) => tokens[index - 1]?.exact === "how").map(({ exact }) => exact);
  return new Set(second.filter((word) => word === "many" || word === "much"));
}

/** The query without words of talk, unless there are no others. */
function subjectOf(query: string, tokens: readonly Token[]): string {
  let subject = "";
  let end = 0;
  for (const token of tokens) {
    if (!talkStems.has(token.stem) || token.start < end) continue;
    subject += `${query.slice(end, token.start)} `;
    end = token.end;
  }
  subject += query.slice(end);
  return subject.trim() === "" ? query : subject;
}

/** "Summarize the discussion about prices" is about prices: what only asks counts less, unless there is nothing else. */
function lowerPrompts(terms: readonly AskedTerm[]): QueryTerm[] {
  if (terms.every((term) => term.asks)) return [...terms];
  return terms.map((term) => (term.asks ? { ...term, count: term.count * promptWorth } : term));
}
