import { z } from "zod";
import type { Db } from "@/core/models/database";
import { InputError } from "@/core/models/errors";
import {
  searchRequestSchema,
  type SearchInput,
  type SearchRequest,
  type SearchResponse,
} from "@/core/models/search";
import type { Registry, Search } from "@/core/services/app";
import { ensureIndex } from "@/core/services/index/index-schema";
import { idf } from "./bm25";
import { explain, type RankedArtifact } from "./fuse";
import { hitsOf } from "./hits";
import { isWithoutWords, literalPieces } from "./literal-chunks";
import { rankArtifacts, stopIfAborted, type RankingMeans } from "./rank";
import type { Reranker } from "./reranker";
import { IndexStatistics } from "./statistics";
import { withinTokens } from "./token-budget";
import type { VectorSource } from "./vectors/vector-candidates";
import { defaultWeights, type Weights } from "./weights";

interface Deps {
  db: Db;
  registry: Registry;
  /** For experiments; the default is what was tuned. */
  weights?: Weights;
  /** Without it, text alone is searched. */
  vectors?: VectorSource | undefined;
  /** Reads the best passages once more. */
  reranker?: Reranker | undefined;
  /** What is remembered of the index between searches; by default the function's own. */
  statistics?: IndexStatistics;
  /** Makes the search tables where they are missing; a reader leaves that to others. */
  prepare?: (db: Db) => Promise<unknown>;
}

/**
 * The one search function behind MCP, HTTP, command line and web page. Only artifacts whose index rows belong to their
 * current version are found.
 */
export function createSearch(deps: Deps): Search {
  const { db, registry, weights = defaultWeights, vectors, reranker, prepare = ensureIndex } = deps;
  const { statistics = new IndexStatistics(db) } = deps;
  let ready: Promise<unknown> | undefined;
  return async (input, signal) => {
    const started = performance.now();
    const request = parseRequest(input);
    ready ??= prepare(db).catch((error: unknown) => {
      ready = undefined;
      throw error;
    });
    await ready;
    stopIfAborted(signal);
    const response = await run(request, { db, registry, weights, vectors, reranker }, statistics, signal);
    response.timings["total"] = performance.now() - started;
    return request.maxTokens === undefined ? response : concise(response, request.maxTokens);
  };
}

async function run(
  request: SearchRequest,
  deps: RankingMeans,
  statistics: IndexStatistics,
  signal: AbortSignal | undefined,
): Promise<SearchResponse> {
  const ranking = await rankArtifacts(request, deps, statistics, signal);
  const found = performance.now();
  const { scored, gathered } = ranking;
  const { query, figures } = gathered;
  const rarity = new Map(query.terms.map((term) => [term.stem, idf(figures.chunks, term.frequency)]));
  const why = (artifact: RankedArtifact) => explain(artifact, scored, deps.weights);
  const results = await hitsOf(deps.db, ranking.ranked, {
    rarity,
    pieces: isWithoutWords(query.parsed) ? literalPieces(query.parsed.text) : [],
    context: request.context,
    explain: request.explain ? why : undefined,
  });
  return {
    results,
    timings: { ...ranking.timings, present: performance.now() - found, total: 0 },
    notes: [...notesOf(figures.waiting), ...ranking.notes],
  };
}

/** Whoever counts tokens is no person who looks at the steps' times. */
function concise({ results, notes, timings }: SearchResponse, maxTokens: number): SearchResponse {
  const total = Math.round(timings["total"] ?? 0);
  return { ...withinTokens({ results, notes }, maxTokens, { timings: { total } }), timings: { total } };
}

function parseRequest(input: SearchInput): SearchRequest {
  const parsed = searchRequestSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new InputError(
    `The search request is not valid: ${z.prettifyError(parsed.error)}`,
    parsed.error.issues.map((issue) => ({ field: issue.path.join("."), message: issue.message })),
  );
}

function notesOf(waiting: number): string[] {
  if (waiting === 0) return [];
  return [
    waiting === 1 ? "1 artifact is still being indexed." : `${waiting} artifacts are still being indexed.`,
  ];
}
