/** Texts and questions of which each must find its text first: the guard against regressions of search. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Search } from "@/core/services/app";
import { inlineEmbedder } from "@/core/services/index/inline-embedder";
import { createSearch } from "@/core/services/search/search";
import { VectorsInUse } from "@/core/services/search/vectors/vectors-in-use";
import { temporaryDatabase } from "./database";
import { artifactRow, registryOf, storeAndIndex } from "./search";

/** Title and markdown by id. */
export type Texts = Readonly<Record<string, readonly [title: string, markdown: string]>>;
/** A question, and the id of the text that answers it. */
export type Questions = readonly (readonly [question: string, answer: string])[];

/** A test for each question, over one index of all the texts, with the vectors that come with the program. */
export function testFirstHits(texts: Texts, questions: Questions): void {
  let search: Search;
  let database: Awaited<ReturnType<typeof temporaryDatabase>>;

  beforeAll(async () => {
    database = await temporaryDatabase();
    const { db } = database;
    const rows = Object.entries(texts).map(([id, [title, markdown]]) => artifactRow(id, markdown, { title }));
    await storeAndIndex(db, rows);
    const vectors = new VectorsInUse({ db, embedderOf: () => inlineEmbedder }).current;
    search = createSearch({ db, registry: registryOf("notes"), vectors });
  });

  afterAll(() => database[Symbol.asyncDispose]());

  for (const [question, answer] of questions) {
    test(`'${question}' finds '${answer}' first`, async () => {
      const { results } = await search({ query: question });
      expect(results[0]?.id).toBe(answer);
      expect(results[0]?.snippet.length).toBeGreaterThan(0);
    });
  }
}
