import type { EmbeddingConfig } from "@/core/config";
import { ConfigError } from "@/core/models/errors";
import type { Logger } from "@/core/models/logger";
import type { Embedder } from "@/core/services/index/embedder";
import { inlineEmbedder } from "@/core/services/index/inline-embedder";
import { openRemoteEmbedder, type RemoteModel } from "./remote-embedder";

/** Opens a model by its name as in EMBEDDING_MODEL. */
export type OpenEmbedder = (model: string, signal?: AbortSignal) => Promise<Embedder>;

/**
 * Opens embedders of every kind with what is configured. What a kind needs is loaded only where it is asked for.
 *
 * @throws ConfigError where the model's endpoint or key is not set, and an error by consequence when it does not answer.
 */
export function embedderOpener(
  config: EmbeddingConfig,
  log?: Logger,
  onTokens?: RemoteModel["onTokens"],
): OpenEmbedder {
  const remote = (model: RemoteModel, signal?: AbortSignal) =>
    openRemoteEmbedder({ ...model, onTokens }, signal);
  return async (name, signal) => {
    if (name === "static") return inlineEmbedder;
    const kind = name.slice(0, name.indexOf(":"));
    const model = name.slice(kind.length + 1);
    if (kind === "local") {
      const { openLocalEmbedder } = await import("./local/local-embedder");
      const { modelsFolder, hubUrl } = config;
      return openLocalEmbedder({ name, model, modelsFolder, hubUrl, log }, signal);
    }
    if (kind === "gateway") return remote(await gatewayModel(config, name, model), signal);
    if (kind === "openai") return remote(await compatibleModel(config, name, model), signal);
    throw new ConfigError(`There is no embedding model '${name}'.`, {
      action: "EMBEDDING_MODEL takes static, local:MODEL, gateway:MODEL or openai:MODEL.",
    });
  };
}

async function gatewayModel(
  { gatewayKey }: EmbeddingConfig,
  name: string,
  model: string,
): Promise<RemoteModel> {
  if (gatewayKey === undefined)
    throw new ConfigError(`AI_GATEWAY_API_KEY is not set, so ${name} cannot be asked.`);
  const { createGateway } = await import("@ai-sdk/gateway");
  return { name, model: createGateway({ apiKey: gatewayKey }).embeddingModel(model) };
}

async function compatibleModel(
  { baseUrl, apiKey }: EmbeddingConfig,
  name: string,
  model: string,
): Promise<RemoteModel> {
  if (baseUrl === undefined)
    throw new ConfigError(`EMBEDDING_BASE_URL is not set, so ${name} cannot be asked.`);
  const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible");
  const options = apiKey === undefined ? {} : { apiKey };
  const provider = createOpenAICompatible({ name: "embedding", baseURL: baseUrl, ...options });
  return { name, model: provider.embeddingModel(model) };
}
