import { describe, expect, test } from "bun:test";
import { temporaryDatabase } from "@test/database";
import { artifactRow, storeAndIndex } from "@test/search";
import { findChunks, findFields, termsWithinBudget } from "./candidates";
import { alternativesFor } from "./spelling";
import { parseQuery } from "./query";

const everything = { sql: "a.live = 1", parameters: [], narrows: false };

describe("terms within the budget", () => {
  test("are the rarest, without words that are not there", () => {
    const terms = [
      { stem: "common", frequency: 90_000 },
      { stem: "rare", frequency: 10 },
      { stem: "unknown", frequency: 0 },
      { stem: "some", frequency: 5_000 },
    ];
    expect(termsWithinBudget(terms, 100_000).map((term) => term.stem)).toEqual(["rare", "some"]);
  });

  test("are one at least", () => {
    expect(termsWithinBudget([{ stem: "common", frequency: 90_000 }], 100_000).length).toBe(1);
  });
});

test("chunks and fields are found by any term, as text", async () => {
  await using database = await temporaryDatabase();
  const { db } = database;
  await storeAndIndex(db, [
    artifactRow("a", "alpha text", { keyPoints: ["about gamma"] }),
    artifactRow("b", "beta text", { author: "Gamma Ray" }),
    artifactRow("c", "", { title: "Gamma" }),
  ]);
  expect((await findChunks(db, ["alpha", "beta"], everything, 10)).length).toBe(2);
  expect((await findChunks(db, ["NEAR", 'al"pha'], everything, 10)).length).toBe(1);
  expect((await findChunks(db, [], everything, 10)).length).toBe(0);
  expect((await findFields(db, ["gamma"], everything, 10)).size).toBe(3);
});

describe("words that the index does not hold", () => {
  const found = async (query: string) => {
    await using database = await temporaryDatabase();
    const texts = ["kubernetes deployment", "Kuchen backen", "北京 大学 研究"];
    await storeAndIndex(
      database.db,
      texts.map((text, index) => artifactRow(`d${index}`, text)),
    );
    const terms = await alternativesFor(database.db, parseQuery(query).terms);
    return terms.map((term) => term.stem);
  };

  test("are replaced by words a slip away", async () => {
    expect(await found("kubernetse")).toEqual(["kubernet"]);
    expect(await found("deplyoment")).toEqual(["deploy"]);
  });

  test("go on to words they are the start of", async () => {
    expect(await found("kubern")).toEqual(["kubernet"]);
  });

  test("are cut where a script has no spaces", async () => {
    expect(await found("研究所")).toEqual(["研究"]);
  });

  test("stay unknown when nothing is near", async () => {
    expect(await found("zeppelin")).toEqual([]);
    expect(await found("xy")).toEqual([]);
  });
});
