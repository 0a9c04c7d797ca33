import type { InsightsConfig } from "@/core/config";
import { askedOnce } from "@/lib/asked-once";
import type { LlmOptions } from "./llm";
import type { InsightExtractor } from "./types";

/**
 * The language model that the configuration names, as an extractor. None configured: undefined, and nothing is sent.
 * The libraries behind it are loaded with its first artifact.
 */
export function extractorFor(
  config: InsightsConfig | undefined,
  onTokens?: LlmOptions["onTokens"],
): InsightExtractor | undefined {
  if (config === undefined) return undefined;
  const load = async () => (await import("./configured-extractor")).configuredExtractor(config, onTokens);
  const loaded = askedOnce(load);
  return {
    name: config.model,
    extract: async (artifact, signal) => (await loaded()).extract(artifact, signal),
  };
}
