import { describe, expect, test } from "bun:test";
import type { Db } from "@/core/models/database";
import { temporaryDatabase } from "@test/database";
import { artifactRow, registryOf, storeAndIndex } from "@test/search";
import { parseQuery } from "./query";
import { createSearch } from "./search";
import { alternativesFor } from "./spelling";
import { IndexStatistics } from "./statistics";

/** What a query's words, none of which the index holds, may have meant. */
async function alternatives(db: Db, query: string) {
  const statistics = new IndexStatistics(db);
  const { chunks, grams } = await statistics.current();
  const frequencies = (words: readonly string[]) => statistics.roughFrequencies(words, chunks);
  return alternativesFor({ db, frequencies, grams }, query, parseQuery(query).terms);
}

const rows = [
  ...Array.from({ length: 40 }, (_, index) =>
    artifactRow(`pool-${index}`, `The pool of connections number ${index} is watched by the platform team.`),
  ),
  artifactRow("answer", "Connections leaked from the billing pool at noon."),
  // Others' slips, and a word of another language: rare words, one letter from the right one.
  artifactRow("slip", "The conectors of the lamp are in the cellar."),
  artifactRow("spanish", "La lampara se conecta sola."),
  artifactRow("cluster", "The kubernetes cluster was moved."),
];

test("a mistyped word stands for the common word that was meant, not for a rarer slip", async () => {
  await using database = await temporaryDatabase();
  await storeAndIndex(database.db, rows);
  const stems = async (query: string) => (await alternatives(database.db, query)).map(({ stem }) => stem);
  expect((await stems("connectoins"))[0]).toBe("connect");
  expect((await stems("conections"))[0]).toBe("connect");
  expect(await stems("kubernets")).toEqual(["kubernet"]);
  // Slips in the first letters: changed places, one too many, one wrong.
  for (const slip of ["ocnnections", "cnonections", "cxonnections", "coxnections", "coqnections"]) {
    expect((await stems(slip))[0]).toBe("connect");
  }
  expect(await stems("zzqxv")).toEqual([]);
  expect(await stems("c".repeat(60))).toEqual([]);
  const search = createSearch({ db: database.db, registry: registryOf("notes") });
  const { results } = await search({ query: "billing conections" });
  expect(results[0]?.id).toBe("answer");
});

describe("words that the index does not hold", () => {
  const found = async (query: string) => {
    await using database = await temporaryDatabase();
    const texts = ["kubernetes deployment", "Kuchen backen", "1840512", "北京 大学 研究"];
    await storeAndIndex(
      database.db,
      texts.map((text, index) => artifactRow(`d${index}`, text)),
    );
    return (await alternatives(database.db, query)).map((term) => term.stem);
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

  test("are found whichever letter slipped", async () => {
    for (const slip of ["kbuernetes", "ukbernetes", "ubernetes", "kuubernetes", "kuvernetes", "kubernetets"])
      expect(await found(slip)).toEqual(["kubernet"]);
    for (const slip of ["kuhcen", "uchen", "kuckhen", "kuchne"])
      expect(await found(slip)).toEqual(["kuchen"]);
  });

  test("are other numbers only where these go on from them", async () => {
    expect(await found("18405")).toEqual(["1840512"]);
    expect(await found("1840513")).toEqual([]);
  });

  test("are no names that only begin alike", async () => {
    expect(await found("deplongo")).toEqual([]);
  });
});

test("all that a mistyped word may have meant counts as one word, and a stop word is none of it", async () => {
  await using database = await temporaryDatabase();
  const texts = [
    "The bird sings there.",
    "There is a bond.",
    "A band plays.",
    "Beard oil",
    "Where there is corn",
  ];
  await storeAndIndex(
    database.db,
    texts.map((text, index) => artifactRow(`d${index}`, text)),
  );
  const near = await alternatives(database.db, "bidr tehre");
  expect(near.map(({ stem, formOf }) => [stem, formOf?.term.stem])).toEqual([["bird", "bidr"]]);
  const several = await alternatives(database.db, "biond");
  expect(several.map(({ formOf }) => formOf?.term.stem)).toEqual(several.map(() => "biond"));
  expect(several.every(({ formOf }) => (formOf?.likeness ?? 1) < 1)).toBe(true);
});
