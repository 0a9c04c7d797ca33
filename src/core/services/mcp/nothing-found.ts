import { countArtifacts } from "@/core/db/queries/artifacts";
import type { SearchRequest } from "@/core/models/search";
import type { App } from "@/core/services/app";

type Asked = Pick<SearchRequest, "query" | "integration" | "minDate" | "maxDate" | "entities">;

/** What an agent is told of a search that found nothing: why that may be, and what to do next. */
export async function nothingFound(
  app: Pick<App, "db" | "registry">,
  { query, integration = [], minDate, maxDate, entities = [] }: Asked,
): Promise<string> {
  if (query.trim() === "") return "The query is empty: give a question or keywords.";
  const counts = await countArtifacts(app.db);
  const holds = (name: string) => counts.some((count) => count.integration === name && count.live > 0);
  const known = app.registry.configs.map((config) => config.integration);
  const see = "get_integration_sources says what is connected.";
  if (!known.some(holds)) return `No source holds anything yet: ${see}`;
  const named = [integration].flat().map((name) => app.registry.find(name).config.integration);
  const bare = named.filter((name) => !holds(name));
  if (bare.length > 0) return `There is nothing of ${bare.join(", ")} yet: ${see}`;
  const isMeant = (name: string) => named.length === 0 || named.includes(name);
  // After an upgrade that may be everything.
  if (counts.some((count) => count.waiting > 0 && isMeant(count.integration)))
    return "Nothing that is indexed so far fits: ask again once the rest is, or use other words.";
  const filters = named.length + entities.length > 0 || minDate !== undefined || maxDate !== undefined;
  if (filters) return "Nothing fits the query within these filters: leave some out, or use other words.";
  return "Nothing has these words or means the same: use other words.";
}
