import type { Db } from "@/core/models/database";
import { CharacterScores, leadersFor } from "./character-scores";
import { candidatesBeside } from "./candidates-beside";
import type { Filter } from "./filters";
import { leaders } from "./fuse";
import { joinedTerms } from "./joined-terms";
import { inflectionsOf } from "./inflections";
import { loadCandidates } from "./load-candidates";
import { isWithoutWords, type LiteralChunks, literalChunks } from "./literal-chunks";
import { termsToLookUp } from "./long-query";
import type { ParsedQuery, QueryTerm } from "./query";
import { scoreLegs, wordScores, type RatedTerm, type ScoringInput } from "./score";
import { alternativesFor } from "./spelling";
import type { IndexFigures, IndexStatistics } from "./statistics";
import type { ScoredDocument } from "./text/best-documents";
import { ReadingBudget } from "./text/reading-budget";
import { artifactsOf, cosinesOf, noCosines, type Looking, type Near } from "./vectors/gather-vectors";
import type { Weights } from "./weights";

/** Chunks taken from full text for rescoring, at least. */
const leastCandidates = 200;
const candidatesAHit = 8;
/** Artifacts found by their short fields whose first chunk becomes a candidate, at least. */
const leastByFields = 20;
/** Share of the leaders that are compared by characters before it is known what vectors found: nearly all of these stay so. */
const shareAhead = 0.8;
/** Distinct terms of a query that are used: the rarest; and of their other forms, the likest. */
const mostTerms = 64;
const mostForms = 160;
/** And where there is nothing else, of stop words. */
const mostStopWords = 4;
/** Words in more chunks than this may stand in the short fields of very many artifacts as well. */
const commonFrom = 20_000;

export interface Gathered extends ScoringInput {
  /** How many of the newest chunks were looked through for a query without words, where that was not all of them. */
  lookedThrough?: number | undefined;
}

/** What candidates are gathered with. */
interface Means {
  db: Db;
  statistics: IndexStatistics;
  weights: Weights;
  /** What lies near the query in meaning, looked for meanwhile. */
  looking: Looking;
}

/**
 * Finds the chunks that may answer a query, with what is needed to score them. Where no passage has any of its words,
 * its stop words are looked for: a question is better answered poorly than not at all.
 */
export async function gather(
  means: Means,
  parsed: ParsedQuery,
  filter: Filter,
  limit: number,
): Promise<Gathered> {
  const found = await gatherTerms(means, parsed, filter, limit);
  if (found.candidates.length > 0 || parsed.fillers.length === 0) return found;
  const fillers = { ...parsed, terms: parsed.fillers, fillers: [] };
  return gatherTerms(means, fillers, filter, limit);
}

async function gatherTerms(
  { db, statistics, weights, looking }: Means,
  parsed: ParsedQuery,
  filter: Filter,
  limit: number,
): Promise<Gathered> {
  const figures = await statistics.current();
  const budget = statistics.text.budget();
  const { terms, ofFields, pairs } = await rate({ db, statistics, figures, budget }, parsed);
  const telling = tellingOf(terms);
  const stems = [...telling.map((term) => term.stem), ...ofFields];
  const common = new Set(terms.filter((term) => term.frequency > commonFrom).map((term) => term.stem));
  const fieldScores = await statistics.text.fields(stems, filter, Math.max(100, 2 * limit), common);
  const { chunks: rows, lookedThrough }: LiteralChunks = isWithoutWords(parsed)
    ? await literalChunks(db, parsed.text, filter, limit * candidatesAHit)
    : { chunks: await chunksFor(statistics, { terms: telling, budget }, filter, limit, figures.chunks) };
  const ids = rows.map(({ id }) => id);
  const ofWords = looking.cosines(ids);
  // Only waited for where something near was found.
  ofWords.catch(() => undefined);
  const query = { parsed: { ...parsed, pairs: [...parsed.pairs, ...pairs] }, terms };
  const scored = wordScores({ query, figures }, weights);
  const characters = new CharacterScores(statistics.text.rows, parsed.subject, figures.grams, weights);
  // Where vectors have a thread of their own, they are still looked for while this is read and scored.
  const byWords = await loadCandidates(statistics.text, ids);
  const candidates = byWords.map(scored);
  const ahead = leaders(
    scoreLegs({ candidates, fieldScores, cosines: noCosines }),
    weights,
    shareAhead * leadersFor(limit),
  );
  const leading = ahead.map(({ candidate }) => candidate);
  const [beside] = await Promise.all([
    // What has no words is looked for as it is written: nothing else answers it.
    terms.length === 0 ? [] : candidatesBeside({ db, text: statistics.text, filter }, leading, new Set(ids)),
    characters.read(leading),
  ]);
  const { near } = await looking.found;
  const byFields = [...fieldScores.keys()].slice(0, Math.max(leastByFields, limit));
  const others = await otherChunks(db, near, byFields, [...byWords, ...beside]);
  const [cosines, read] = await Promise.all([
    cosinesOf(near, ofWords, [...beside.map(({ rowId }) => rowId), ...others]),
    loadCandidates(statistics.text, others),
  ]);
  candidates.push(...[...beside, ...read].map(scored));
  return { query, candidates, figures, fieldScores, cosines, characters, lookedThrough };
}

/** A query's words as the index has them. */
interface KnownTerms {
  /** Terms that passages have, with their frequencies, the rarest first. */
  terms: RatedTerm[];
  /** Stems that only short fields have. */
  ofFields: string[];
  /** Pairs of words that stand next to each other in what the query writes as one. */
  pairs: (readonly [number, number])[];
}

/** What a query's words are looked up with. */
interface RatingMeans {
  db: Db;
  statistics: IndexStatistics;
  figures: IndexFigures;
  budget: ReadingBudget;
}

/**
 * The query's terms that the index has. Words it lacks are replaced by near ones, unless the query has known ones enough
 * without them: each is looked for among thousands.
 */
async function rate(means: RatingMeans, parsed: ParsedQuery): Promise<KnownTerms> {
  const { db, statistics, figures } = means;
  const { chunks, grams } = figures;
  const asked = await withoutCommonest(termsToLookUp(parsed.terms), statistics);
  const forms = chunks > 0 ? await inflectionsOf(db, parsed, asked) : [];
  const rated = await withFrequencies([...asked, ...forms], means);
  const known = rated.filter((term) => term.frequency > 0);
  const missing = rated.filter((term) => term.frequency === 0).slice(0, mostTerms);
  const inFields = await statistics.text.inFields(missing.map((term) => term.stem));
  const unknown = missing.filter((term) => !inFields.has(term.stem) && term.stem.length > 1);
  const pairs: (readonly [number, number])[] = [];
  if (unknown.length > 0 && chunks > 0 && known.length < mostTerms) {
    const stems = new Set(known.map((term) => term.stem));
    const frequencies = (words: readonly string[]) => statistics.roughFrequencies(words, chunks);
    const near = await alternativesFor({ db, frequencies, grams }, parsed.text, unknown);
    const joined = await joinedTerms({ db, frequencies, chunks }, parsed.text, unknown);
    pairs.push(...joined.pairs);
    const added = new Map([...near, ...joined.terms].map((term) => [term.stem, term]));
    for (const stem of stems) added.delete(stem);
    const found = await frequencies([...added.keys()]);
    const rough = [...added.values()].map((term, index) => ({ ...term, frequency: found[index] ?? 0 }));
    known.push(...rough.filter((term) => term.frequency > 0));
  }
  known.sort((a, b) => a.frequency - b.frequency);
  const words = known.filter((term) => term.formOf === undefined).slice(0, mostTerms);
  const formsOfAll = known.filter((term) => term.formOf !== undefined).slice(0, mostForms);
  const terms = [...words, ...formsOfAll].sort((a, b) => a.frequency - b.frequency);
  return { terms, ofFields: [...inFields], pairs };
}

/** Terms that passages are looked for by: stop words among parts of a name are in most texts, and count in those found. */
function tellingOf(terms: readonly RatedTerm[]): readonly RatedTerm[] {
  const telling = terms.filter((term) => !term.isStopWord);
  return telling.length > 0 ? telling : terms;
}

/** Stop words are in most texts: of a query that has no others, those that tell most. */
async function withoutCommonest(
  terms: readonly QueryTerm[],
  statistics: IndexStatistics,
): Promise<readonly QueryTerm[]> {
  if (terms.length <= mostStopWords || terms.some((term) => !term.isStopWord)) return terms;
  const about = await statistics.aboutHowMany(terms.map((term) => term.stem));
  const howMany = (term: QueryTerm) => about.get(term.stem) ?? 0;
  return terms.toSorted((a, b) => howMany(a) - howMany(b)).slice(0, mostStopWords);
}

async function withFrequencies(
  terms: readonly QueryTerm[],
  { statistics, figures, budget }: RatingMeans,
): Promise<RatedTerm[]> {
  const stems = terms.map((term) => term.stem);
  const frequencies = await statistics.documentFrequencies(stems, figures.chunks, budget);
  return terms.map((term, index) => ({ ...term, frequency: frequencies[index] ?? 0 }));
}

/** Takes more chunks, then dear terms as well, until there are artifacts enough or nothing more matches. */
async function chunksFor(
  { text }: IndexStatistics,
  { terms, budget }: { terms: readonly RatedTerm[]; budget: ReadingBudget },
  filter: Filter,
  limit: number,
  total: number,
): Promise<ScoredDocument[]> {
  let take = Math.max(leastCandidates, limit * candidatesAHit);
  let paying = budget;
  for (;;) {
    const { chunks, skipped } = await text.chunks(terms, filter, take, total, paying);
    const artifacts = new Set(chunks.map((chunk) => chunk.no)).size;
    if (chunks.length === take && artifacts < limit) take *= 5;
    else if (chunks.length < leastCandidates && skipped > 0) paying = new ReadingBudget(Infinity);
    else return chunks;
  }
}

/** Chunks that vectors found, and those that stand for artifacts which short fields did, without the known ones. */
async function otherChunks(
  db: Db,
  near: Near | undefined,
  byFields: readonly number[],
  known: readonly { rowId: number; no: number }[],
): Promise<number[]> {
  const ofVectors = near?.nearest.chunks ?? [];
  const firstChunks = await firstChunksOf(db, [...byFields, ...artifactsOf(near)], [...known, ...ofVectors]);
  const others = new Set([...ofVectors.map(({ rowId }) => rowId), ...firstChunks]);
  for (const { rowId } of known) others.delete(rowId);
  return [...others];
}

/** First chunks of artifacts that only their short fields found. */
async function firstChunksOf(
  db: Db,
  found: readonly number[],
  rows: readonly { no: number }[],
): Promise<number[]> {
  const known = new Set(rows.map((row) => row.no));
  const missing = found.filter((no) => !known.has(no));
  if (missing.length === 0) return [];
  const first = await db.raw.all(
    `SELECT c.rowId FROM json_each(?) j CROSS JOIN searchChunk c ON c.no = j.value AND c.ordinal = 0`,
    [JSON.stringify(missing)],
  );
  return first.map((row) => Number(row["rowId"]));
}
