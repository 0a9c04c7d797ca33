import { describe, expect, test } from "bun:test";
import type { Db } from "@/core/models/database";
import { temporaryDatabase } from "@test/database";
import { artifactRow, registryOf, storeAndIndex } from "@test/search";
import { parseQuery } from "./query";
import { createSearch } from "./search";
import { alternativesFor } from "./spelling";
import { IndexStatistics } from "./statistics";

async function alternatives(db: Db, query: string) {
  const statistics = new IndexStatistics(db);
  const { chunks } = await statistics.current();
  return alternativesFor(db, parseQuery(query).terms, (words) => statistics.roughFrequencies(words, chunks));
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
    const texts = ["kubernetes deployment", "Kuchen backen", "北京 大学 研究"];
    await storeAndIndex(
      database.db,
      texts.map((text, index) => artifactRow(`d${index}`, text)),
    );
    const terms = await alternatives(database.db, query);
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
