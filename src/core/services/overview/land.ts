/** The lay of the land of all sources together. */
import { sourceContextSchema } from "@/core/services/insights/source-context-schema";
import type { Overview } from "@/core/models/overview";

type Stored = readonly { integration: string; context: unknown }[];

const MOST_ENTITIES = 40;

/** What can be read of the stored contexts; one of an older form is left out, its next sync writes it anew. */
function readable(stored: Stored) {
  return stored.flatMap(({ integration, context }) => {
    const { data } = sourceContextSchema.safeParse(context);
    return data === undefined ? [] : [{ integration, context: data }];
  });
}

/** Names over all sources, most mentioned first; names that differ only by case are one. */
export function mergeEntities(stored: Stored): Overview["entities"] {
  const merged = new Map<string, { entity: string; count: number; integrations: Set<string> }>();
  for (const { integration, context } of readable(stored)) {
    for (const { entity, count } of context.topEntities) {
      const key = entity.toLowerCase();
      const known = merged.get(key) ?? { entity, count: 0, integrations: new Set<string>() };
      known.count += count;
      known.integrations.add(integration);
      merged.set(key, known);
    }
  }
  return [...merged.values()]
    .sort((a, b) => b.count - a.count || (a.entity < b.entity ? -1 : 1))
    .slice(0, MOST_ENTITIES)
    .map(({ integrations, ...rest }) => ({ ...rest, integrations: [...integrations].sort() }));
}

/** Artifacts by shape over all sources, most first. */
export function mergeKinds(stored: Stored): Overview["kinds"] {
  const merged = new Map<string, number>();
  for (const { context } of readable(stored)) {
    for (const [kind, count] of Object.entries(context.kinds)) {
      merged.set(kind, (merged.get(kind) ?? 0) + count);
    }
  }
  return [...merged].map(([kind, count]) => ({ kind, count })).sort((a, b) => b.count - a.count);
}
