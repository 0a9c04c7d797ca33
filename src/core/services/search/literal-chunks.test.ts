import { afterAll, beforeAll, expect, test } from "bun:test";
import { temporaryDatabase } from "@test/database";
import { artifactRow, registryOf, storeAndIndex } from "@test/search";
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
