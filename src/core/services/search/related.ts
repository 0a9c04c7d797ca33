import { findSummaries } from "@/core/db/queries/artifacts";
import type { Artifact, ArtifactSummary } from "@/core/models/api";
import type { App } from "@/core/services/app";

const MOST = 6;
const QUERY_LENGTH = 600;

/** An artifact that reads alike, with the names that both mention. */
export type RelatedArtifact = ArtifactSummary & { shared: string[] };

/**
 * Artifacts that answer the same questions as this one: what the product's own search finds for its title, key points
 * and names, best first, without itself.
 */
export async function relatedArtifacts(
  { db, search }: Pick<App, "db" | "search">,
  artifact: Artifact,
  signal?: AbortSignal,
): Promise<RelatedArtifact[]> {
  const { title, keyPoints, entities } = artifact;
  const query = [title, ...entities.slice(0, 8), ...keyPoints.slice(0, 2)].join(" ").slice(0, QUERY_LENGTH);
  if (query.trim() === "") return [];
  const { results } = await search({ query: query.toWellFormed(), limit: MOST + 1 }, signal);
  const ids = results.map((hit) => hit.id).filter((id) => id !== artifact.id);
  const found = await findSummaries(db, ids.slice(0, MOST));
  const own = new Map(entities.map((entity) => [entity.toLowerCase(), entity]));
  return ids.flatMap((id) => {
    const one = found.get(id);
    if (one === undefined) return [];
    const { entities: theirs, ...summary } = one;
    return [
      { ...summary, shared: [...new Set(theirs.flatMap((name) => own.get(name.toLowerCase()) ?? []))] },
    ];
  });
}
