import type { Insights } from "@/core/models/artifact";
import { cleanInsights } from "./clean";
import { extractOffline } from "./offline";
import { isComplete, providedIn, withProvided } from "./provided";
import type { InsightInput } from "./types";

/** Insights of one artifact without network: those that the source provided, and extracted ones for the rest. */
export function insightsOf(artifact: InsightInput): { insights: Insights; state: "offline" | "provided" } {
  const provided = providedIn(artifact.metadata);
  if (isComplete(provided)) return { insights: cleanInsights(provided), state: "provided" };
  return { insights: withProvided(extractOffline(artifact), provided), state: "offline" };
}
