/** Turns texts into vectors. Vectors of different models are never compared. */
export interface Embedder {
  /** Name of model and variant, stored beside each vector. */
  model: string;
  dimensions: number;
  /** One unit-length vector a text, in order. */
  embed: (texts: readonly string[], signal?: AbortSignal) => Promise<Float32Array[]>;
}
