import { createGateway } from "@ai-sdk/gateway";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { InsightsConfig } from "@/core/config";
import { createLlmExtractor, type LlmOptions } from "./llm";
import type { InsightExtractor } from "./types";

/** The configured language model behind its provider's library. */
export function configuredExtractor(
  config: InsightsConfig,
  onTokens?: LlmOptions["onTokens"],
): InsightExtractor {
  const name = config.model;
  if (config.kind === "gateway") {
    const model = createGateway({ apiKey: config.apiKey })(config.model);
    return createLlmExtractor({ name, model, onTokens });
  }
  const provider = createOpenAICompatible({
    name: "insights",
    baseURL: config.baseUrl.replace(/\/+$/, ""),
    // Endpoints on the own machine often take none.
    ...(config.apiKey === undefined ? {} : { apiKey: config.apiKey }),
    supportsStructuredOutputs: true,
  });
  return createLlmExtractor({ name, model: provider(config.model), onTokens });
}
