/** What a text is to its reader: some models embed a question otherwise than the passage that answers it. */
export type TextKind = "document" | "query";

/** Turns texts into vectors. Vectors of different models are never compared. */
export interface Embedder {
  /** Name and revision of the model: the index version is named by it, so it changes whenever vectors would. */
  readonly id: string;
  /** Numbers in a vector. */
  readonly dimension: number;
  /** One unit-length vector a text, in order. */
  embed: (texts: readonly string[], kind: TextKind, signal?: AbortSignal) => Promise<Float32Array[]>;
  /** Ends what it keeps running, where it keeps anything. */
  close?: () => Promise<void>;
}
