import type { Embedder } from "./embedder";
import { hashEmbedder } from "./hash-embedder";

/** The embedder that is quick enough to run while artifacts are indexed; every other one catches up afterwards. */
export const inlineEmbedder: Embedder = hashEmbedder;
