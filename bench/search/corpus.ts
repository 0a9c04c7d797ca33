import { readdirSync } from "node:fs";
import { join } from "node:path";
import { chunkMarkdown } from "@/core/services/index/chunk";
import { hashEmbedder } from "@/core/services/index/hash-embedder";
import { corpusOf, queriesOf } from "../corpus";
import type { BenchChunk } from "./peers";

const wordsADocument = 120;
const textsACall = 200;

/** At most `size` chunks of the files in `folder`, or of made-up text, with their vectors. */
export async function chunksOf(size: number, folder: string | undefined): Promise<BenchChunk[]> {
  const texts = folder === undefined ? corpusOf(size, wordsADocument) : await textsOf(folder, size);
  const chunks: BenchChunk[] = [];
  for (let from = 0; from < texts.length; from += textsACall) {
    const some = texts.slice(from, from + textsACall);
    const vectors = await hashEmbedder.embed(some, "document");
    for (const [at, text] of some.entries()) {
      const vector = vectors[at];
      if (vector !== undefined) chunks.push({ id: chunks.length + 1, text, vector });
    }
  }
  return chunks;
}

export async function questionsOf(count: number): Promise<{ text: string; vector: Float32Array }[]> {
  const texts = queriesOf(count);
  const vectors = await hashEmbedder.embed(texts, "query");
  return texts.flatMap((text, at) => {
    const vector = vectors[at];
    return vector === undefined ? [] : [{ text, vector }];
  });
}

async function textsOf(folder: string, size: number): Promise<string[]> {
  const texts: string[] = [];
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).toSorted()) {
    if (texts.length >= size) break;
    if (/\.(md|txt)$/.test(name))
      for (const { text } of chunkMarkdown(await Bun.file(join(folder, name)).text())) texts.push(text);
  }
  return texts.slice(0, size);
}
