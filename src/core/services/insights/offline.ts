import type { Insights } from "@/core/models/artifact";
import { blocksOf } from "./blocks";
import { cleanInsights } from "./clean";
import { entitiesOf } from "./entities";
import { keyPointsOf } from "./key-points";
import { questionsOf } from "./questions";
import type { InsightInput } from "./types";
import { guessLanguage } from "./language";

/**
 * Key points, questions answered and entities out of the text's own words: no network, no model, the same answer
 * every time. Looks at the first 200,000 characters.
 */
export function extractOffline(artifact: InsightInput): Insights {
  const blocks = blocksOf(artifact);
  const language = guessLanguage(artifact.markdown.slice(0, 8_000));
  return cleanInsights({
    keyPoints: keyPointsOf(blocks, artifact.title),
    questionsAnswered: questionsOf(blocks, language),
    entities: entitiesOf(artifact, blocks, language),
  });
}
