import { PermanentError } from "@/core/models/errors";
import type { Embedder } from "./embedder";

/** What is embedded of one artifact, by kind. */
export interface VectorTexts {
  content: string[];
  keyPoints: string[];
  questions: string[];
}

/** An artifact's vectors by one model, in the order of its texts. */
export interface PreparedVectors {
  model: string;
  content: Float32Array[];
  keyPoints: Float32Array[];
  questions: Float32Array[];
}

/** Texts embedded in one call. */
const textsACall = 40;
/** How far a vector's length may be from 1. */
const lengthSlack = 0.01;

/** The texts that stand for an artifact: its passages under its title, its key points, the questions it answers. */
export function vectorTexts(
  artifact: { title: string; keyPoints: readonly string[]; questionsAnswered: readonly string[] },
  chunks: readonly { text: string }[],
): VectorTexts {
  return {
    content: chunks.map(({ text }) => passageText(artifact.title, text)),
    keyPoints: [...artifact.keyPoints],
    questions: [...artifact.questionsAnswered],
  };
}

function passageText(title: string, text: string): string {
  const start = text.slice(0, title.length + 20);
  return title === "" || start.includes(title) ? text : `${title}\n${text}`;
}

/**
 * Embeds the texts of artifacts; `between` is awaited between calls, so that other work gets its turn.
 *
 * @throws PermanentError when the model gives too few vectors, or any that is not of its dimension, finite and of
 * length 1: nothing of such an answer is kept, since it cannot be told which text a vector belongs to.
 */
export async function embedArtifacts(
  embedder: Embedder,
  artifacts: readonly VectorTexts[],
  between: () => Promise<void>,
  signal?: AbortSignal,
): Promise<PreparedVectors[]> {
  const all = artifacts.flatMap(({ content, keyPoints, questions }) => [
    ...content,
    ...keyPoints,
    ...questions,
  ]);
  const vectors: Float32Array[] = [];
  for (let from = 0; from < all.length; from += textsACall) {
    const some = all.slice(from, from + textsACall);
    vectors.push(...checked(await embedder.embed(some, "document", signal), some.length, embedder));
    await between();
  }
  let at = 0;
  const take = (texts: readonly string[]) => vectors.slice(at, (at += texts.length));
  return artifacts.map(({ content, keyPoints, questions }) => ({
    model: embedder.id,
    content: take(content),
    keyPoints: take(keyPoints),
    questions: take(questions),
  }));
}

/** `vectors`, when they are what was asked for: see `embedTexts`. */
export function checked(
  vectors: readonly Float32Array[],
  wanted: number,
  embedder: Pick<Embedder, "id" | "dimension">,
): readonly Float32Array[] {
  const refuse = (what: string) => {
    const action = "Nothing of it was stored; it is tried again. Check EMBEDDING_MODEL if this goes on.";
    return new PermanentError(`The embedding model '${embedder.id}' ${what}.`, { action });
  };
  if (vectors.length !== wanted) throw refuse(`gave ${vectors.length} vectors for ${wanted} texts`);
  for (const vector of vectors) {
    if (vector.length !== embedder.dimension)
      throw refuse(`gave a vector of ${vector.length} numbers in place of ${embedder.dimension}`);
    const length = lengthOf(vector);
    // A comparison with NaN is never true.
    if (!(Math.abs(length - 1) < lengthSlack))
      throw refuse(`gave a vector of length ${length} in place of 1`);
  }
  return vectors;
}

function lengthOf(vector: Float32Array): number {
  let sum = 0;
  // By number: an iterator over a typed array costs several times as much.
  for (let at = 0; at < vector.length; at++) sum += (vector[at] ?? 0) ** 2;
  return Math.sqrt(sum);
}
