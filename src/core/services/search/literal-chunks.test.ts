import { afterAll, beforeAll, expect, test } from "bun:test";
import { temporaryDatabase } from "@test/database";
import { artifactRow, registryOf, storeAndIndex } from "@test/search";
import { isWithoutWords, literalChunks, literalNote } from "./literal-chunks";
import { parseQuery } from "./query";
import { createSearch } from "./search";

let database: Awaited<ReturnType<typeof temporaryDatabase>>;
beforeAll(async () => {
  database = await temporaryDatabase();
  await storeAndIndex(database.db, [
    artifactRow("launch", "# Launch\n\nIt is out 🚀 and all went well."),
    artifactRow("party", "Thanks to everybody 🎉 🚀"),
    artifactRow("heart", "I ❤ this plan"),
    artifactRow("flag", "Pride week 🏳️‍🌈", { integration: "chat" }),
    artifactRow("arrow", "Backlog → In progress → Done"),
    artifactRow("plain", "Nothing but words."),
    artifactRow("gone", "This was 🚀", { deletedAt: "2026-01-01T00:00:00.000Z" }),
  ]);
});
afterAll(() => database[Symbol.asyncDispose]());

const found = async (query: string, integration?: string) => {
  const search = createSearch({ db: database.db, registry: registryOf("notes", "chat") });
  const { results } = await search({ query, ...(integration === undefined ? {} : { integration }) });
  return results.map(({ id }) => id).toSorted();
};

test("a query of emoji or signs alone finds the texts that hold all of them, and those alone", async () => {
  expect(await found("🚀")).toEqual(["launch", "party"]);
  expect(await found("🎉 🚀")).toEqual(["party"]);
  expect(await found("🏳️‍🌈")).toEqual(["flag"]);
  expect(await found("→")).toEqual(["arrow"]);
  expect(await found("🦄")).toEqual([]);
  expect(await found("   ")).toEqual([]);
});

test("an emoji is found whether or not its colour was asked for", async () => {
  expect(await found("❤️")).toEqual(["heart"]);
  expect(await found("❤")).toEqual(["heart"]);
});

test("of very many texts the newest are read alone, and that is said", async () => {
  const everything = { sql: "a.live = 1", parameters: [], narrows: false };
  const look = (limits: object, limit = 10) =>
    literalChunks(database.db, "🚀", everything, limit, {
      ...{ window: 2, mostChunks: 100, mostMs: 60_000 },
      ...limits,
    });
  const all = await look({});
  expect([all.chunks.length, all.lookedThrough]).toEqual([2, undefined]);
  const some = await look({ mostChunks: 5 });
  expect([some.chunks.length, some.lookedThrough]).toEqual([1, 5]);
  expect((await look({ mostChunks: 6 }, 1)).lookedThrough).toBeUndefined();
  expect(literalNote(10_000)).toContain("newest 10,000 passages");
  expect(literalNote(undefined)).toBeUndefined();
});

test("reading that takes longer than a moment, from a slow disk, ends with what was read, and that is said", async () => {
  const everything = { sql: "a.live = 1", parameters: [], narrows: false };
  const limits = { window: 2, mostChunks: 100, mostMs: 0 };
  const { chunks, lookedThrough } = await literalChunks(database.db, "→", everything, 10, limits);
  expect([chunks.length, lookedThrough]).toEqual([0, 2]);
  const larger = await literalChunks(database.db, "→", everything, 10, { ...limits, window: 3 });
  expect([larger.chunks.length, larger.lookedThrough]).toEqual([1, 3]);
});

test("words that carry no weight are words: nothing is read for them", () => {
  expect(["the of and", "🚀 the", "🚀", "→"].map((query) => isWithoutWords(parseQuery(query)))).toEqual([
    false,
    false,
    true,
    true,
  ]);
});

test("filters count for it as for any query", async () => {
  expect(await found("🏳️‍🌈", "notes")).toEqual([]);
  expect(await found("🏳️‍🌈", "chat")).toEqual(["flag"]);
});

test("the snippet shows it, marked", async () => {
  const search = createSearch({ db: database.db, registry: registryOf("notes", "chat") });
  const { results } = await search({ query: "🎉" });
  const [hit] = results;
  expect(hit?.highlights.map(({ start, end }) => hit.snippet.slice(start, end))).toEqual(["🎉"]);
});
