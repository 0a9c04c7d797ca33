/** Over random questions, what is told of a hit is what ranked it. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import type { SearchInput } from "@/core/models/search";
import type { Search } from "@/core/services/app";
import { inlineEmbedder } from "@/core/services/index/inline-embedder";
import { temporaryDatabase } from "@test/database";
import { artifactRow, registryOf, storeAndIndex } from "@test/search";
import { createSearch } from "./search";
import { VectorsInUse } from "./vectors/vectors-in-use";
import { legNames } from "./weights";

const sentences = [
  "The signing keys are rotated on the first Monday by the platform team.",
  "parseConfigFile reads the file that STONE_HOME names and throws ConfigError.",
  "Flights and hotels are booked by the travel desk in Lisbon.",
  "Der Urlaubsantrag wird im Personalsystem gestellt.",
  "今年的市场预算增加了百分之二十，由财务部门批准。",
  "Ticket OPS-4711 says that the billing pool leaked connections.",
  "छुट्टी का आवेदन प्रबंधक को भेजा जाता है।",
];
const words = sentences.flatMap((sentence) => sentence.split(/[\s，。]+/)).filter(Boolean);

const rows = Array.from({ length: 60 }, (_, index) => {
  const text = [0, 1, 2]
    .map((step) => sentences[(index * (step + 1) + step) % sentences.length] ?? "")
    .join("\n\n");
  return artifactRow(`room-${index}`, `${text}\n\n${words[index % words.length]} number ${index}`, {
    integration: index % 3 === 0 ? "chat" : "notes",
    kind: index % 3 === 0 ? "conversation" : "document",
    title: `Note ${index} on ${words[(index * 7) % words.length]}`,
    artifactDate: `2026-0${1 + (index % 9)}-11T08:00:00.000Z`,
    keyPoints: [sentences[index % sentences.length] ?? ""],
    questionsAnswered: ["Who rotates the keys?"],
    entities: ["Platform Team", index % 2 === 0 ? "Lisbon" : "OPS-4711"],
  });
});

/** A word as the texts have it, with a slip of the keyboard, or one that is in none of them. */
const typed = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...words) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...words), fc.nat(9)).map(([word, at]) => word.slice(0, at) + word.slice(at + 1)) }, // prettier-ignore
  {
    weight: 1,
    arbitrary: fc.constantFrom("room-7", "parse_config_file", "OPS-4711", '"keys', "zeppelin", "🙂"),
  },
);
const question: fc.Arbitrary<SearchInput> = fc.record(
  {
    query: fc.array(typed, { minLength: 1, maxLength: 9 }).map((parts) => parts.join(" ")),
    limit: fc.integer({ min: 1, max: 50 }),
    integration: fc.constantFrom("chat", ["notes", "chat"]),
    minDate: fc.constantFrom("2026-03-01", "2026-08-01"),
    entities: fc.constantFrom(["lisbon"], ["OPS-4711", "platform team"]),
    context: fc.integer({ min: 0, max: 2 }),
  },
  { requiredKeys: ["query"] },
);

describe("the explanation of a hit", () => {
  let search: Search;
  let database: Awaited<ReturnType<typeof temporaryDatabase>>;
  beforeAll(async () => {
    database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, rows);
    const vectors = new VectorsInUse({ db, embedderOf: () => inlineEmbedder }).current;
    search = createSearch({ db, registry: registryOf("notes", "chat"), vectors });
  });
  afterAll(() => database[Symbol.asyncDispose]());

  test("has one part a leg, whose sum is the score that ranked it", async () => {
    let explained = 0;
    await fc.assert(
      fc.asyncProperty(question, async (input) => {
        const { results } = await search({ ...input, explain: true });
        explained += results.length;
        for (const { why = [], score } of results) {
          expect(why.map(({ leg }) => leg)).toEqual([...legNames]);
          expect(why.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(score, 12);
          for (const { weight, normalised, contribution, raw, rank } of why) {
            expect(weight * normalised).toBeCloseTo(contribution, 12);
            expect(rank === null).toBe(raw <= 0);
          }
        }
        const scores = results.map(({ score }) => score);
        expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      }),
      { numRuns: 80 },
    );
    expect(explained).toBeGreaterThan(300);
  });

  test("changes nothing of what is found", async () => {
    await fc.assert(
      fc.asyncProperty(question, async (input) => {
        const plain = await search(input);
        const told = await search({ ...input, explain: true });
        const bare = told.results.map(({ why: _, ...hit }) => hit);
        expect(bare).toEqual(plain.results);
      }),
      { numRuns: 15 },
    );
  });
});
