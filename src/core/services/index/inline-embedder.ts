import type { Embedder } from "./embedder";
import { staticEmbedder } from "./static-embedder";

/** The embedder that is quick enough to run while artifacts are indexed; every other one catches up afterwards. */
export const inlineEmbedder: Embedder = staticEmbedder;
