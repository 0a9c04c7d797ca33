/** Whatever is typed or pasted is answered, or refused with the limit: never a syntax error, never endless work. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { InputError } from "@/core/models/errors";
import type { Search } from "@/core/services/app";
import { inlineEmbedder } from "@/core/services/index/inline-embedder";
import { temporaryDatabase } from "@test/database";
import { artifactRow, registryOf, storeAndIndex } from "@test/search";
import { createSearch } from "./search";
import { VectorsInUse } from "./vectors/vectors-in-use";

const rows = [
  artifactRow("keys", "# Keys\n\nWe rotate the signing keys every month.", { title: "Key rotation" }),
  artifactRow("travel", "Flights are booked by the travel desk.\n\nHotels cost up to 150.", {
    title: "Travel",
  }),
  artifactRow("undated", "The keys of the car are at the travel desk.", { title: "Car" }),
];
const words = (count: number, word: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => word(index)).join(" ");

describe("hostile queries", () => {
  let search: Search;
  let database: Awaited<ReturnType<typeof temporaryDatabase>>;
  beforeAll(async () => {
    database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, rows);
    const vectors = new VectorsInUse({ db, embedderOf: () => inlineEmbedder }).current;
    search = createSearch({ db, registry: registryOf("notes"), vectors });
  });
  afterAll(() => database[Symbol.asyncDispose]());
  const ids = async (query: string) => (await search({ query })).results.map(({ id }) => id);

  test("are text, never a syntax error", async () => {
    const parts = [
      '"',
      "*",
      "(",
      ")",
      "^",
      ":",
      "-",
      "+",
      "AND",
      "OR",
      "NOT",
      "NEAR(",
      "title:",
      "keys",
      "\0",
    ];
    const operators = fc.array(fc.constantFrom(...parts)).map((some) => some.join(" "));
    const queries = fc.oneof(
      operators,
      fc.string(),
      fc.string({ unit: "grapheme" }),
      fc.string({ unit: "binary" }),
    );
    await fc.assert(
      fc.asyncProperty(queries, async (query) => {
        expect((await ids(query)).length).toBeLessThanOrEqual(rows.length);
      }),
      { numRuns: 150 },
    );
  });

  test.each([
    ["nothing but a sign of life", ""],
    ["blanks", " \t\n ".repeat(2_000)],
    ["punctuation", "?!… ".repeat(2_500)],
    ["NUL", "\0".repeat(9_999)],
    ["emoji", "🙂👩‍👩‍👧🔥".repeat(700)],
    ["quotes that are never closed", '"'.repeat(9_999)],
    ["half of a surrogate pair", "\ud83d"],
  ])("of %s find nothing", async (_, query) => {
    expect(await ids(query)).toEqual([]);
  });

  test.each([
    ["operators of FTS5", `${'NEAR( " AND OR NOT title: * ^ ( '.repeat(250)} travel`],
    ["mixed scripts", `${'🙂 "北京 договор \0 عقد NEAR( छुट्टी ลา '.repeat(230)} travel`],
    ["thousands of unknown words", `${words(1_100, (index) => `word${index}`)} travel`],
    ["a word as long as the query", `${"a".repeat(9_900)} travel`],
    ["one word a thousand times", `${"car ".repeat(2_000)} travel`],
    ["names with underscores", `${words(1_000, () => "a_b_c_d")} travel`],
    ["Korean words", `${words(1_500, (index) => `회의${String.fromCharCode(0xac00 + index)}를`)} travel`],
  ])("of %s find what their one good word finds", async (_, query) => {
    expect((await ids(query.slice(-10_000))).toSorted()).toEqual(["travel", "undated"]);
  });

  test.each([
    ["a megabyte", "keys ".repeat(200_000)],
    ["5,000 terms", words(5_000, (index) => `term${index}`)],
  ])("of %s are refused with the field and its limit", async (_, query) => {
    const error = await search({ query }).catch((thrown: unknown) => thrown);
    const details = error instanceof InputError ? error.details : [];
    expect(details.map(({ field }) => field)).toEqual(["query"]);
    expect(details[0]?.message).toContain("10000");
  });

  test("that share no content word with anything are answered by their stop words", async () => {
    expect((await ids("Summarise quarterly zeppelins by the")).length).toBeGreaterThan(0);
  });

  test("of stop words alone still find", async () => {
    expect((await ids("what are the")).length).toBeGreaterThan(0);
    expect((await ids("the of and to in is ".repeat(450))).length).toBeGreaterThan(0);
  });
});
