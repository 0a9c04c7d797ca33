import type { ArtifactKind } from "@/core/models/artifact";

/** Saturation and length normalisation of BM25. */
export interface LengthNorm {
  k1: number;
  b: number;
}

/** Everything about ranking that was set by experiment, in one place. */
export interface Weights {
  /** Part of each leg in the sum, over legs scaled by their best. */
  legs: Record<Leg, number>;
  norms: Record<ArtifactKind, LengthNorm>;
  /** Saturation and length normalisation of the character leg. */
  grams: LengthNorm;
  /** How often a word in the title or heading counts, against once in the text. */
  title: number;
  heading: number;
  /** Words of an artifact at which its neighbours' part, and its speakers', have fallen to half. */
  neighbourWords: number;
  /** Words of an artifact at which what stands beside it has fallen to half: a passage keeps all of it, a long text hardly any. */
  besideWords: number;
  /** Part of the neighbours' weight that is left where an artifact holds several messages. */
  neighboursOfExchange: number;
  /** Part of an exchange's score by characters that comes from the exchanges right before and after it. */
  charactersOfNeighbours: number;
  /** Part of the speaker's weight that is left where an artifact holds several messages. */
  speakerOfExchange: number;
}

/**
 * words: stems by BM25. exact: words as written. pairs: words that stand next to each other in the query and the chunk.
 * window: the query's different words in the sentence that has most of them. time: the same of the sentences that name a
 * time, where the query asks for one. title: how far the title is the query. numbers: the query's numbers, and words with one in them, in the
 * stretch that has most of them, but in talk. breadth: stems over the whole artifact, each
 * passage by its length. characters: 3- to 5-grams. speaker: the query's words in one turn of somebody whom it names. neighbours: what was said before and after. beside: the query's words that were
 * said there and not here, where both are about one matter. fields: title, key
 * points, questions, entities, author. length: what a long message loses, since one of its many passages always matches something. vector:
 * cosine of the passage. keyPointVector, questionVector: best cosine among the artifact's key points, and among the
 * questions it answers. reranker: what a cross-encoder thinks of the best passages, where one is configured.
 */
export const legNames = [
  "words",
  "exact",
  "pairs",
  "window",
  "time",
  "title",
  "numbers",
  "breadth",
  "characters",
  "speaker",
  "neighbours",
  "beside",
  "fields",
  "length",
  "vector",
  "keyPointVector",
  "questionVector",
  "reranker",
] as const;
export type Leg = (typeof legNames)[number];

/**
 * Set by coordinate ascent on mean nDCG@10 over 16 runs on 15 collections at once (meetings, chats, threads,
 * documentation, abstracts, passages in three languages), about 130 queries each, one setting for all; then rounded, and
 * documents kept at the usual k1 and b. The same queries chose and measured it: there was no held-out set.
 *
 * Leaving one leg out, on the first ten of those runs and with earlier weights (.5 .15 .05 .3 .1 .05), cost on the mean:
 * characters .009, pairs .004, exact .004, fields .002. Neighbours gained nothing there on the mean: they help where each
 * message is an artifact, and harmed between chunks of one artifact, so only the former was kept. Length gained .0006,
 * nearly all on long messages. Lower b for conversations cost .012, most of it on long messages.
 *
 * The window and the vector came later: docs/research/fusion.md and docs/research/static-embedding.md tell what they and
 * two dozen others gained. With the table that comes with the program the vector adds .005 at .2 and .006 at .3 (ten runs
 * it has a say in; the worst loses .003 to .010, a meeting set); vectors of hashed words lost .003. Half of the words'
 * weight then went to the breadth, and a little to the pairs: +.0048 over 14 runs. Neighbours by the words of the artifact
 * in place of the chunk's, at .45 for .3: +.0026 more; at a quarter of that where an artifact holds several messages, +.0012,
 * with threads +.014. Half of it, once an exchange takes part of its characters from the two beside it: +.012 on passages of calls.
 * Time: +.016 to +.021 on the questions of two chats that ask when; other questions stay as they are. Speaker: +.025 on
 * single messages, +.003 on plays and parts of calls; a larger part of exchanges gains no more. Beside, with what
 * stands beside the first ones as candidates: +.023 and +.040 (with the filter) on passages of calls, +.018 and +.019 on
 * single messages; .35 or .5 for .4 changes hardly anything. Title: +.006 on questions that are a title, +.012 on mistyped ones.
 */
export const defaultWeights: Weights = {
  legs: {
    words: 0.2,
    exact: 0.1,
    pairs: 0.1,
    window: 0.12,
    time: 0.2,
    title: 0.3,
    numbers: 0.15,
    breadth: 0.2,
    characters: 0.35,
    speaker: 0.3,
    neighbours: 0.45,
    beside: 0.4,
    fields: 0.05,
    length: -0.03,
    vector: 0.25,
    keyPointVector: 0,
    questionVector: 0,
    // Not measured: no weights of a cross-encoder were at hand.
    reranker: 0.5,
  },
  norms: {
    document: { k1: 1.2, b: 0.75 },
    conversation: { k1: 0.9, b: 0.75 },
    transcript: { k1: 0.6, b: 0.4 },
    code: { k1: 1.2, b: 0.75 },
    table: { k1: 1.2, b: 0.75 },
    email: { k1: 1.2, b: 0.75 },
  },
  grams: { k1: 1.2, b: 0.75 },
  title: 2,
  heading: 1,
  neighbourWords: 300,
  besideWords: 400,
  neighboursOfExchange: 0.5,
  charactersOfNeighbours: 0.3,
  speakerOfExchange: 0.3,
};
