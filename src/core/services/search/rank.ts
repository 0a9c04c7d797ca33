import type { Db } from "@/core/models/database";
import { CancelledError } from "@/core/models/errors";
import type { SearchRequest } from "@/core/models/search";
import type { Registry } from "@/core/services/app";
import { leadersFor } from "./character-scores";
import { gather } from "./engine";
import { filterOf } from "./filters";
import { fuse, leaders } from "./fuse";
import { literalNote } from "./literal-chunks";
import { foldNearDuplicates, type FoldedArtifact } from "./near-duplicates";
import { parseQuery } from "./query";
import { addReranking } from "./rerank";
import type { Reranker } from "./reranker";
import { scoreLegs, type ScoredChunk, type ScoringInput } from "./score";
import { addSpeakers } from "./speakers";
import type { IndexStatistics } from "./statistics";
import { lookNear } from "./vectors/gather-vectors";
import type { VectorSource } from "./vectors/vector-candidates";
import type { Weights } from "./weights";

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
  const looking = lookNear(vectors, weights, request, filter, signal);
  let nearAt = started;
  looking.found.then(
    () => (nearAt = performance.now()),
    () => undefined,
  );
  const gathered = await gather({ db, statistics, weights, looking }, parsed, filter, request.limit);
  const { note } = await looking.found;
  stopIfAborted(signal);
  const gatheredAt = performance.now();
  const scored = scoreLegs(gathered);
  const wordsAt = performance.now();
  const ahead = leaders(scored, weights, leadersFor(request.limit));
  const texts = await gathered.characters.addTo(ahead);
  addSpeakers(ahead, texts, gathered);
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
  const partly = literalNote(gathered.lookedThrough);
  const notes = [note, unread, partly].filter((one) => one !== undefined);
  return { ranked, scored, gathered, timings, notes };
}

/** @throws CancelledError when whoever asked does not wait any longer. */
export function stopIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new CancelledError("The search was stopped.");
}
