import { expect, test } from "bun:test";
import { temporaryDatabase } from "@test/database";
import { artifactRow, registryOf, storeAndIndex } from "@test/search";
import { parseQuery } from "./query";
import { createSearch } from "./search";
import { alternativesFor } from "./spelling";

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
  const stems = async (query: string) =>
    (await alternativesFor(database.db, parseQuery(query).terms)).map(({ stem }) => stem);
  expect((await stems("connectoins"))[0]).toBe("connect");
  expect((await stems("conections"))[0]).toBe("connect");
  expect(await stems("kubernets")).toEqual(["kubernet"]);
  expect(await stems("zzqxv")).toEqual([]);
  const search = createSearch({ db: database.db, registry: registryOf("notes") });
  const { results } = await search({ query: "billing conections" });
  expect(results[0]?.id).toBe("answer");
});
