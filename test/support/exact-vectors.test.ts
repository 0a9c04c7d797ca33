import { expect, test } from "bun:test";
import { inlineEmbedder } from "@/core/services/index/inline-embedder";
import { temporaryDatabase } from "@test/database";
import { artifactRow, registryOf, storeAndIndex } from "@test/search";
import { filterOf } from "@/core/services/search/filters";
import { createSearch } from "@/core/services/search/search";
import { defaultWeights } from "@/core/services/search/weights";
import { exactVectors } from "./exact-vectors";

const everything = { sql: "a.live = 1", parameters: [], narrows: false };

const rows = [
  artifactRow("keys", "Signing keys are rotated monthly.", { questionsAnswered: ["Who rotates keys?"] }),
  artifactRow("travel", "Flights are booked by the travel desk.", { keyPoints: ["Travel desk books"] }),
  artifactRow("lunch", "Lunch is served at noon.", { integration: "chat" }),
];

async function embedded(text: string): Promise<Float32Array> {
  const [vector] = await inlineEmbedder.embed([text], "query");
  return vector ?? new Float32Array();
}

test("the nearest of each kind comes first, with its cosine", async () => {
  await using database = await temporaryDatabase();
  await storeAndIndex(database.db, rows);
  const vectors = exactVectors(database.db, inlineEmbedder.id);
  const nearest = await vectors.candidates(await embedded("rotate signing keys"), everything, 10);
  expect(nearest.chunks).toHaveLength(3);
  expect(nearest.chunks[0]?.no).toBe(1);
  expect(nearest.chunks[0]?.cosine).toBeGreaterThan(nearest.chunks[1]?.cosine ?? 1);
  expect(nearest.questions.map(({ no }) => no)).toEqual([1]);
  expect(nearest.keyPoints.map(({ no }) => no)).toEqual([2]);
});

test("a filter is exact, and vectors of another model are not compared", async () => {
  await using database = await temporaryDatabase();
  await storeAndIndex(database.db, rows);
  const filter = await filterOf({ integration: "chat" }, database.db, registryOf("notes", "chat"));
  const query = await embedded("rotate signing keys");
  const here = await exactVectors(database.db, inlineEmbedder.id).candidates(query, filter, 10);
  expect(here.chunks.map(({ no }) => no)).toEqual([3]);
  const other = await exactVectors(database.db, "another").candidates(query, everything, 10);
  expect(other).toEqual({ chunks: [], keyPoints: [], questions: [] });
});

test("search scores what it finds by cosine as soon as the leg has a weight", async () => {
  await using database = await temporaryDatabase();
  await storeAndIndex(database.db, rows);
  const vectors = { vectors: exactVectors(database.db, inlineEmbedder.id), embedder: inlineEmbedder };
  const weights = { ...defaultWeights, legs: { ...defaultWeights.legs, vector: 0.2 } };
  const registry = registryOf("notes", "chat");
  const search = createSearch({ db: database.db, registry, weights, vectors });
  const { results } = await search({ query: "rotating keys", explain: true });
  // The others share no word with the query, and hardly its meaning.
  expect(results.map(({ id }) => id)).toEqual(["keys"]);
  const byMeaning = await search({ query: "midday meal" });
  expect(byMeaning.results.map(({ id }) => id)).toEqual(["lunch"]);
  const why = results[0]?.why?.find(({ leg }) => leg === "vector");
  expect(why?.raw).toBeGreaterThan(0.3);
  expect(why?.contribution).toBeCloseTo(0.2, 5);
});
