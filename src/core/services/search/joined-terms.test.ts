import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { temporaryDatabase } from "@test/database";
import { artifactRow, storeAndIndex } from "@test/search";
import { joinedTerms } from "./joined-terms";
import { parseQuery } from "./query";
import { IndexStatistics } from "./statistics";

let database: Awaited<ReturnType<typeof temporaryDatabase>>;

beforeAll(async () => {
  database = await temporaryDatabase();
  const texts = [
    "def restore_from_cluster(name): pass",
    "The cluster of the differential engine.",
    "phone: +44 853 375 4756",
    "id 3f63464c-0ba4-50ae-944e-d06762a178b6",
    "mac 77:a9:a7:61:1b:9a",
    "order ORD-2024-00392",
    "Call 0143 566 8681 at noon.",
    "Rooms 375 and 4756 are on the floor 853.",
  ];
  await storeAndIndex(
    database.db,
    texts.map((text, index) => artifactRow(`d${index}`, text)),
  );
});

afterAll(() => database[Symbol.asyncDispose]());

function means() {
  const { db } = database;
  const statistics = new IndexStatistics(db);
  return { db, chunks: 8, frequencies: (words: readonly string[]) => statistics.roughFrequencies(words, 8) };
}

/** Every term of the query is taken for one that the index lacks, as those with several parts are. */
async function partsOf(query: string): Promise<string[]> {
  const { terms } = await joinedTerms(means(), query, parseQuery(query).terms);
  return terms.map(({ stem }) => stem);
}

describe("a word that the index lacks", () => {
  test("is cut into words that it has", async () => {
    expect(await partsOf("restorefromcluster")).toEqual(["restor", "from", "cluster"]);
    expect(await partsOf("where is clusterdifferential")).toEqual(["cluster", "differenti"]);
  });

  test("may end in the beginning of another", async () => {
    expect(await partsOf("restorefromcl")).toEqual(["restor", "from"]);
  });

  test("is not made of words of three letters alone", async () => {
    // All three stand in texts.
    expect(await partsOf("defmacare")).toEqual([]);
  });

  test("is left alone where its parts are unknown, or it is short or endless", async () => {
    for (const query of ["kubernetse", "fromx", "restorexxxxxcluster", "cluster".repeat(20)])
      expect(await partsOf(query)).toEqual([]);
  });

  test("tells which of its parts stand next to each other", async () => {
    const query = "restorefromcluster";
    const { terms, pairs } = await joinedTerms(means(), query, parseQuery(query).terms);
    const [first, second, third] = terms.map(({ stemHash }) => stemHash);
    expect(pairs).toEqual([
      [first ?? 0, second ?? 0],
      [second ?? 0, third ?? 0],
    ]);
  });
});

describe("a number or code that texts cut otherwise", () => {
  test.each([
    ["+448533754756", "44 853 375 4756"],
    ["0044 8533754756", "44 853 375 4756"],
    ["0853-3754756", "853 375 4756"],
    ["+33 143-5668681", "0143 566 8681"],
    ["3f63464c0ba450ae944ed06762a178b6", "3f63464c 0ba4 50ae 944e d06762a178b6"],
    ["3F63464C-0BA450AE-944ED06762A178B6", "3f63464c 0ba4 50ae 944e d06762a178b6"],
    ["77a9a7611b9a", "77 a9 a7 61 1b 9a"],
    ["77a9.a761.1b9a", "77 a9 a7 61 1b 9a"],
    ["ord202400392", "ord 2024 00392"],
  ])("%s is looked for as %s", async (query, groups) => {
    expect(await partsOf(query)).toEqual(groups.split(" "));
  });

  test("is nothing where no text has all of it", async () => {
    // All groups stand in one text, in another order.
    for (const query of ["+448534756375", "3754756853", "77a9a7611b9b", "4756", "9".repeat(300)])
      expect(await partsOf(query)).toEqual([]);
  });
});
