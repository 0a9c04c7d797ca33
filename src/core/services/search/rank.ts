import type { Db } from "@/core/models/database";
import { CancelledError } from "@/core/models/errors";
import type { SearchRequest } from "@/core/models/search";
import type { Registry } from "@/core/services/app";
import { gather } from "./engine";
import { filterOf } from "./filters";
import { fuse, leaders } from "./fuse";
import { loadTexts } from "./load-candidates";
import { foldNearDuplicates, type FoldedArtifact } from "./near-duplicates";
import { parseQuery } from "./query";
import { addReranking } from "./rerank";
import type { Reranker } from "./reranker";
import { scoreCharacters, scoreWords, type ScoredChunk, type ScoringInput } from "./score";
import type { IndexStatistics } from "./statistics";
import { nearBy } from "./vectors/gather-vectors";
import type { VectorSource } from "./vectors/vector-candidates";
import type { Weights } from "./weights";

/** Chunks that are ahead by their words are compared by characters as well. */
const leastLeaders = 100;
const leadersAHit = 5;

/** What ranking works with. */
export interface RankingMeans {
  db: Db;
  registry: Registry;
  weights: Weights;
  /** Without it, text alone is searched. */
  vectors?: VectorSource | undefined;
  reranker?: Reranker | undefined;
}

/** The best artifacts, with all that was scored to find them. */
export interface Ranking {
  ranked: FoldedArtifact[];
  scored: readonly ScoredChunk[];
  gathered: ScoringInput;
  /** What the caller should know of how they were found. */
  notes: string[];
  /** Milliseconds by step, and of all of them as `find`; vectors are looked for while candidates are. */
  timings: Record<"vectors" | "candidates" | "words" | "characters" | "rerank" | "fuse" | "find", number>;
}

/**
 * Finds and ranks artifacts. `request` is as checked by the schema, but for the limit, which may be any.
 *
 * @throws InputError for a filter that nothing can match.
 */
export async function rankArtifacts(
  request: SearchRequest,
  { db, registry, weights, vectors, reranker }: RankingMeans,
  statistics: IndexStatistics,
  signal?: AbortSignal,
): Promise<Ranking> {
  const started = performance.now();
  const filter = await filterOf(request, db, registry);
  const parsed = parseQuery(request.query);
  let nearAt = started;
  const looking = nearBy(vectors, weights, request, filter, signal).finally(
    () => (nearAt = performance.now()),
  );
  const coming = looking.then(({ near }) => near);
  // Whoever waits for it meets the error; where the words fail first, nobody does.
  coming.catch(() => undefined);
  const gathered = await gather({ db, statistics, near: coming }, parsed, filter, request.limit);
  const { note } = await looking;
  stopIfAborted(signal);
  const gatheredAt = performance.now();
  const scored = scoreWords(gathered, weights);
  const wordsAt = performance.now();
  const ahead = leaders(scored, weights, Math.max(leastLeaders, leadersAHit * request.limit));
  const texts = await loadTexts(
    db,
    ahead.map(({ candidate }) => candidate),
  );
  scoreCharacters(ahead, texts, gathered, weights);
  const charactersAt = performance.now();
  const fused = fuse(scored, weights);
  const unread = reranker && (await addReranking(reranker, request.query, fused, texts, signal));
  const rerankedAt = performance.now();
  const ranked = foldNearDuplicates(reranker ? fuse(scored, weights) : fused, request.limit, texts);
  const end = performance.now();
  const timings = {
    vectors: nearAt - started,
    candidates: gatheredAt - started,
    words: wordsAt - gatheredAt,
    characters: charactersAt - wordsAt,
    rerank: rerankedAt - charactersAt,
    fuse: end - rerankedAt,
    find: end - started,
  };
  return { ranked, scored, gathered, timings, notes: [note, unread].filter((one) => one !== undefined) };
}

/** @throws CancelledError when whoever asked does not wait any longer. */
export function stopIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new CancelledError("The search was stopped.");
}
