import type { SearchRequest } from "@/core/models/search";
import { rankArtifacts } from "@/core/services/search/rank";
import { createSearch } from "@/core/services/search/search";
import { IndexStatistics } from "@/core/services/search/statistics";
import { VectorsInUse } from "@/core/services/search/vectors/vectors-in-use";
import type { Weights } from "@/core/services/search/weights";
import type { Collection } from "./collection";
import { figuresByQuery, type QueryFigures } from "./figures";
import type { LoadedCollection } from "./load";

/** What one setting gave on one collection. */
export interface Outcome {
  figures: Map<string, QueryFigures>;
  /** Milliseconds a question, by step of the search; `total` is the whole. */
  times: Map<string, number[]>;
}

/** One run over the questions of a collection: with the filter that belongs to each, or without. */
export interface Run {
  name: string;
  collection: Collection;
  loaded: LoadedCollection;
  filtered: boolean;
}

/**
 * Asks every question of the search itself for ten hits, which give nDCG, MRR and the times; and, with `deep`, of its
 * ranking for a hundred, which give the recall there.
 */
export async function ask(run: Run, weights: Weights, deep: boolean): Promise<Outcome> {
  const { db } = run.loaded.open;
  const { registry, embedder } = run.loaded;
  const vectors = new VectorsInUse({ db, embedderOf: () => embedder }).current;
  const search = createSearch({ db, registry, weights, vectors });
  const statistics = new IndexStatistics(db);
  const ranked = new Map<string, string[]>();
  const far = new Map<string, string[]>();
  const times = new Map<string, number[]>();
  for (const { id, text } of run.collection.queries) {
    const integration = run.filtered ? run.loaded.integrationOf(id) : undefined;
    const query = text.slice(0, 10_000);
    const { results, timings } = await search({ query, integration });
    for (const [step, time] of Object.entries(timings)) times.set(step, [...(times.get(step) ?? []), time]);
    const found = results.map((hit) => hit.id);
    ranked.set(id, found);
    if (!deep) continue;
    const request: SearchRequest = { query, integration, limit: 100, explain: false };
    const ranking = await rankArtifacts(request, { db, registry, weights, vectors }, statistics);
    far.set(id, await artifactIds(run.loaded, ranking.ranked));
  }
  return { figures: withDepth(run.collection, ranked, far), times };
}

async function artifactIds(
  { open }: LoadedCollection,
  ranked: readonly { best: { candidate: { no: number } } }[],
): Promise<string[]> {
  const numbers = ranked.map((artifact) => artifact.best.candidate.no);
  const rows = await open.db.raw.all(
    "SELECT a.artifactId AS id FROM json_each(?) j CROSS JOIN searchArtifact a ON a.no = j.value ORDER BY j.key",
    [JSON.stringify(numbers)],
  );
  return rows.map((row) => String(row["id"]));
}

function withDepth(
  collection: Collection,
  ranked: ReadonlyMap<string, string[]>,
  far: ReadonlyMap<string, string[]>,
): Map<string, QueryFigures> {
  const figures = figuresByQuery(collection, ranked);
  for (const [query, { recall100 }] of figuresByQuery(collection, far)) {
    const near = figures.get(query);
    if (near !== undefined) figures.set(query, { ...near, recall100 });
  }
  return figures;
}
