import { idf, type ScoredTerm, type TermForm, type WordScores, WordScorer } from "./bm25";
import { addBreadth } from "./breadth";
import { levelCallCosines } from "./call-cosines";
import type { CharacterScores } from "./character-scores";
import type { Candidate } from "./load-candidates";
import { addNeighbours, standsInSequence } from "./neighbours";
import { isTalk } from "./kinds-of-text";
import type { ParsedQuery, QueryTerm } from "./query";
import type { IndexFigures } from "./statistics";
import { TitleMatch } from "./title-match";
import type { Cosines } from "./vectors/gather-vectors";
import type { Leg, Weights } from "./weights";

/** Raw scores of one chunk, leg by leg. */
export type LegScores = Record<Leg, number>;

export interface ScoredChunk {
  candidate: Candidate;
  raw: LegScores;
  /** What each of the query's terms has in `words`; where it stands beside others alone. */
  parts?: Float64Array | undefined;
}

/** A query term with the number of chunks it occurs in. */
export type RatedTerm = QueryTerm & { frequency: number };

/** A candidate with what its words score. */
export interface CandidateByWords {
  candidate: Candidate;
  /** How far its title is the query. */
  title: number;
  found: WordScores;
  parts: Float64Array | undefined;
}

export interface ScoringInput {
  query: { parsed: ParsedQuery; terms: readonly RatedTerm[] };
  candidates: readonly CandidateByWords[];
  figures: IndexFigures;
  /** Scores of short fields by artifact number. */
  fieldScores: ReadonlyMap<number, number>;
  cosines: Cosines;
  /** Scores by characters, some of which are there already. */
  characters: CharacterScores;
}

/** Where the nearest passage is not this near, none is: mistyped words and names have a vector that says nothing. */
const leastCosine = 0.3;
/** Words that count as one unit of an artifact's length. */
const lengthUnit = 250;

/** Scores candidates by their words, which takes nothing but the index's figures. */
export function wordScores(
  { query, figures }: Pick<ScoringInput, "query" | "figures">,
  weights: Weights,
): (candidate: Candidate) => CandidateByWords {
  const terms = scoredTerms(query.terms, figures.chunks);
  const words = new WordScorer(terms, query.parsed.pairs, weights, query.parsed.times);
  const titles = new TitleMatch(terms);
  return (candidate) => {
    const { kind, stems, exact } = candidate;
    const chunk = { stems, exact, isTalk: isTalk(candidate) };
    const parts = standsInSequence(candidate) ? new Float64Array(terms.length) : undefined;
    const found = words.score(chunk, weights.norms[kind], figures.averageLength[kind], parts);
    return { candidate, title: titles.of(stems), found, parts };
  };
}

/** A number, or a word with one in it; of one character, it says nothing. */
const digit = /\p{N}.|.\p{N}/u;

/** The query's words, each as rare as all of its forms together. */
function scoredTerms(rated: readonly RatedTerm[], chunks: number): ScoredTerm[] {
  const words = new Map<string, { term: QueryTerm; frequency: number; forms: TermForm[] }>();
  for (const one of rated) {
    const { term, likeness } = one.formOf ?? { term: one, likeness: 1 };
    const word = words.get(term.stem) ?? { term, frequency: 0, forms: [] };
    words.set(term.stem, word);
    word.frequency += likeness * one.frequency;
    if (one.formOf !== undefined) word.forms.push({ stemHash: one.stemHash, likeness });
  }
  return [...words.values()].map(({ term: { stem, stemHash, exactHashes, count }, frequency, forms }) => {
    const rarity = idf(chunks, frequency);
    return { stemHash, exactHashes, rarity, weight: rarity * count, forms, isNumber: digit.test(stem) };
  });
}

/** Scores every candidate on every leg but the characters, which want the chunks' texts. */
export function scoreLegs({
  candidates,
  fieldScores,
  cosines,
}: Pick<ScoringInput, "candidates" | "fieldScores" | "cosines">): ScoredChunk[] {
  const scored = candidates.map(({ candidate, title, found, parts }): ScoredChunk => {
    const isConversation = candidate.kind === "conversation";
    const raw = {
      ...found,
      title,
      breadth: 0,
      characters: 0,
      speaker: 0,
      neighbours: 0,
      beside: 0,
      fields: fieldScores.get(candidate.no) ?? 0,
      length: isConversation ? Math.log(1 + candidate.artifactWords / lengthUnit) : 0,
      vector: Math.max(0, cosines.chunks.get(candidate.rowId) ?? 0),
      keyPointVector: cosines.keyPoints.get(candidate.no) ?? 0,
      questionVector: cosines.questions.get(candidate.no) ?? 0,
      reranker: 0,
    };
    return { candidate, raw, parts };
  });
  levelCallCosines(scored);
  addBreadth(scored);
  addNeighbours(scored);
  return scored;
}

/** Scores of a chunk that no leg has looked at yet. */
export const noScores: Readonly<LegScores> = {
  words: 0,
  exact: 0,
  pairs: 0,
  window: 0,
  time: 0,
  title: 0,
  numbers: 0,
  breadth: 0,
  characters: 0,
  speaker: 0,
  neighbours: 0,
  beside: 0,
  fields: 0,
  length: 0,
  vector: 0,
  keyPointVector: 0,
  questionVector: 0,
  reranker: 0,
};

/**
 * What each leg's raw scores are divided by: the leg's best, and for words that stand beside a message, of words that stand
 * in one; a title that is the query, a length and what a reranker says are one already.
 */
export function legScales(scored: readonly ScoredChunk[]): LegScores {
  const scales: LegScores = { ...noScores };
  // Written out: hundreds of chunks have a dozen legs each, and looking a leg up by its name is what would take long.
  for (const { raw } of scored) {
    scales.words = Math.max(scales.words, raw.words);
    scales.exact = Math.max(scales.exact, raw.exact);
    scales.pairs = Math.max(scales.pairs, raw.pairs);
    scales.window = Math.max(scales.window, raw.window);
    scales.time = Math.max(scales.time, raw.time);
    scales.numbers = Math.max(scales.numbers, raw.numbers);
    scales.breadth = Math.max(scales.breadth, raw.breadth);
    scales.characters = Math.max(scales.characters, raw.characters);
    scales.speaker = Math.max(scales.speaker, raw.speaker);
    scales.neighbours = Math.max(scales.neighbours, raw.neighbours);
    scales.fields = Math.max(scales.fields, raw.fields);
    scales.vector = Math.max(scales.vector, raw.vector);
    scales.keyPointVector = Math.max(scales.keyPointVector, raw.keyPointVector);
    scales.questionVector = Math.max(scales.questionVector, raw.questionVector);
  }
  return {
    ...scales,
    beside: scales.words,
    title: 1,
    vector: Math.max(scales.vector, leastCosine),
    length: 1,
    reranker: 1,
  };
}
