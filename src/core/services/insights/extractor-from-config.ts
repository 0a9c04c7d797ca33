import { createGateway } from "@ai-sdk/gateway";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { InsightsConfig } from "@/core/config";
import { createLlmExtractor } from "./llm";
import type { InsightExtractor } from "./types";

/** The language model that the configuration names, as an extractor. None configured: undefined, and nothing is sent. */
export function extractorFor(config: InsightsConfig | undefined): InsightExtractor | undefined {
  if (config === undefined) return undefined;
  const name = config.model;
  if (config.kind === "gateway") {
    return createLlmExtractor({ name, model: createGateway({ apiKey: config.apiKey })(config.model) });
  }
  const provider = createOpenAICompatible({
    name: "insights",
    baseURL: config.baseUrl.replace(/\/+$/, ""),
    // Endpoints on the own machine often take none.
    ...(config.apiKey === undefined ? {} : { apiKey: config.apiKey }),
    supportsStructuredOutputs: true,
  });
  return createLlmExtractor({ name, model: provider(config.model) });
}
