import { Embedders } from "@/core/services/embedding/embedders";
import { embedderOpener } from "@/core/services/embedding/open-embedder";

/** Embedding models on this machine, from folders or the hub. */
export function localEmbedders(modelsFolder: string): Embedders {
  const nothing = { baseUrl: undefined, apiKey: undefined, gatewayKey: undefined };
  const hubUrl = "https://huggingface.co";
  return new Embedders(embedderOpener({ ...nothing, model: "static", modelsFolder, hubUrl }));
}
