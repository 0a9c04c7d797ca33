import { termHash } from "./analyse";
import type { Embedder } from "./embedder";
import { wordsOf } from "./words";

const dimension = 256;

/**
 * Vectors with no model: words and their 4-grams are hashed into 256 signed buckets. Deterministic and offline; it
 * knows spellings, not meanings.
 */
export const hashEmbedder: Embedder = {
  id: "hash-256-v1",
  dimension,
  embed: (texts) => Promise.resolve(texts.map(embedText)),
};

function embedText(text: string): Float32Array {
  const vector = new Float32Array(dimension);
  for (const word of wordsOf(text)) {
    add(vector, termHash(word.text), 1);
    for (let at = 0; at + 4 <= word.text.length; at++) add(vector, gramHash(word.text, at), 0.3);
  }
  return toUnit(vector);
}

function add(vector: Float32Array, hash: number, weight: number): void {
  const at = hash % dimension;
  vector[at] = (vector[at] ?? 0) + ((hash & 0x10000) === 0 ? weight : -weight);
}

function gramHash(word: string, at: number): number {
  let hash = 0x9747b28c;
  for (let index = at; index < at + 4; index++) hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x85ebca6b) >>> 0;
}

/** Damps repeats, then scales to length 1; a text without words points along the first axis. */
function toUnit(vector: Float32Array): Float32Array {
  let sum = 0;
  for (let index = 0; index < dimension; index++) {
    const value = vector[index] ?? 0;
    const damped = Math.sign(value) * Math.sqrt(Math.abs(value));
    vector[index] = damped;
    sum += damped * damped;
  }
  if (sum === 0) vector[0] = 1;
  else for (let index = 0; index < dimension; index++) vector[index] = (vector[index] ?? 0) / Math.sqrt(sum);
  return vector;
}
