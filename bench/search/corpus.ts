import { chunkMarkdown } from "@/core/services/index/chunk";
import type { Embedder } from "@/core/services/index/embedder";
import { hashEmbedder } from "@/core/services/index/hash-embedder";
import { inlineEmbedder } from "@/core/services/index/inline-embedder";
import { corpusOf } from "../corpus";
import { questionsFrom } from "../scale/questions";
import { artifactsOf, paragraphsOf } from "../scale/text";
import type { BenchChunk } from "./peers";

const wordsADocument = 120;
const textsACall = 200;

/** Where chunks and questions come from: made-up ones where there is no folder or file. */
export interface Source {
  texts: string | undefined;
  questions: string | undefined;
}

/** Real text is embedded as the product does; of made-up words its table knows nothing. */
export function embedderFor({ texts }: Source): Embedder {
  return texts === undefined ? hashEmbedder : inlineEmbedder;
}

/** `size` chunks with their vectors: of made-up text, or put together from the paragraphs of a folder. */
export async function chunksOf(size: number, source: Source): Promise<BenchChunk[]> {
  const texts = source.texts === undefined ? corpusOf(size, wordsADocument) : textsOf(source.texts, size);
  const chunks: BenchChunk[] = [];
  for (let from = 0; from < texts.length; from += textsACall) {
    const some = texts.slice(from, from + textsACall);
    const vectors = await embedderFor(source).embed(some, "document");
    for (const [at, text] of some.entries()) {
      const vector = vectors[at];
      // Vectors of one call may lie in one buffer, and peers store the whole of it.
      if (vector !== undefined) chunks.push({ id: chunks.length + 1, text, vector: vector.slice() });
    }
  }
  return chunks;
}

export async function questionsOf(
  count: number,
  source: Source,
): Promise<{ text: string; vector: Float32Array }[]> {
  const texts = questionsFrom(source.questions, count);
  const vectors = await embedderFor(source).embed(texts, "query");
  return texts.flatMap((text, at) => {
    const vector = vectors[at];
    return vector === undefined ? [] : [{ text, vector: vector.slice() }];
  });
}

function textsOf(folder: string, size: number): string[] {
  const texts: string[] = [];
  for (const { markdown } of artifactsOf(size, paragraphsOf(folder))) {
    for (const { text } of chunkMarkdown(markdown)) texts.push(text);
    if (texts.length >= size) break;
  }
  return texts.slice(0, size);
}
