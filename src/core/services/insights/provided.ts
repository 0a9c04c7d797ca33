import { z } from "zod";
import type { Insights, JsonValue } from "@/core/models/artifact";
import { cleanInsights } from "./clean";

const list = z.array(z.string()).optional().catch(undefined);
const providedSchema = z.object({ keyPoints: list, questionsAnswered: list, entities: list });

/** Insights that the source itself gave, as far as it gave them. */
export type ProvidedInsights = z.infer<typeof providedSchema>;

/** Reads `metadata.providedInsights`. What has another shape counts as not given. */
export function providedIn(metadata: Record<string, JsonValue> | undefined): ProvidedInsights {
  const parsed = providedSchema.safeParse(metadata?.["providedInsights"] ?? {});
  return parsed.success ? parsed.data : {};
}

/** True when nothing is left to extract. */
export function isComplete(provided: ProvidedInsights): provided is Insights {
  const { keyPoints, questionsAnswered, entities } = provided;
  return keyPoints !== undefined && questionsAnswered !== undefined && entities !== undefined;
}

/** Extracted insights with the source's own in their place, field by field. */
export function withProvided(extracted: Insights, provided: ProvidedInsights): Insights {
  return cleanInsights({
    keyPoints: provided.keyPoints ?? extracted.keyPoints,
    questionsAnswered: provided.questionsAnswered ?? extracted.questionsAnswered,
    entities: provided.entities ?? extracted.entities,
  });
}
