import { expect, test } from "bun:test";
import { inlineEmbedder } from "@/core/services/index/inline-embedder";
import { temporaryDatabase } from "@test/database";
import { exactVectors } from "@test/exact-vectors";
import { artifactRow, registryOf, storeAndIndex } from "@test/search";
import { createSearch } from "../search";
import type { Nearest, VectorCandidates } from "./vector-candidates";

test("vectors that are still being read hold a search up for a moment, and it says that it found by words alone", async () => {
  await using database = await temporaryDatabase();
  const { db } = database;
  await storeAndIndex(db, [artifactRow("a", "the price of a car"), artifactRow("b", "what tea costs")]);
  const exact = exactVectors(db, inlineEmbedder.id);
  const reading = Promise.withResolvers<undefined>();
  const slow: VectorCandidates = {
    ...exact,
    candidates: async (...asked): Promise<Nearest> => {
      await reading.promise;
      return exact.candidates(...asked);
    },
  };
  const vectors = { vectors: slow, embedder: inlineEmbedder };
  const search = createSearch({ db, registry: registryOf("notes"), vectors });
  const meanwhile = await search({ query: "car" });
  expect(meanwhile.results.map(({ id }) => id)).toEqual(["a"]);
  expect(meanwhile.notes).toEqual(["Found by words alone: vectors are still being read."]);
  reading.resolve(undefined);
  expect((await search({ query: "car" })).notes).toEqual([]);
});

test("what words found is compared with the query before it is known what lies near", async () => {
  await using database = await temporaryDatabase();
  const { db } = database;
  await storeAndIndex(db, [artifactRow("a", "the price of a car"), artifactRow("b", "what tea costs")]);
  const exact = exactVectors(db, inlineEmbedder.id);
  const compared = Promise.withResolvers<undefined>();
  const asked: (readonly number[])[] = [];
  const patient: VectorCandidates = {
    candidates: async (...call): Promise<Nearest> => {
      await compared.promise;
      return exact.candidates(...call);
    },
    cosines: (query, rowIds) => {
      asked.push(rowIds);
      compared.resolve(undefined);
      return exact.cosines(query, rowIds);
    },
  };
  const vectors = { vectors: patient, embedder: inlineEmbedder };
  const search = createSearch({ db, registry: registryOf("notes"), vectors });
  const { results, notes } = await search({ query: "car", explain: true });
  expect(notes).toEqual([]);
  expect(asked).toEqual([[1]]);
  const cosine = results[0]?.why?.find(({ leg }) => leg === "vector")?.raw;
  expect(cosine).toBeGreaterThan(0.4);
});
