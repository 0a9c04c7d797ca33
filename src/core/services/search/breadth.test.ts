import { describe, expect, test } from "bun:test";
import { temporaryDatabase } from "@test/database";
import { artifactRow, registryOf, storeAndIndex } from "@test/search";
import { createSearch } from "./search";

const about = (topic: string, rounds: number) =>
  Array.from({ length: rounds }, (_, round) => `Ida: What of the ${topic}?\nTom: Point ${round} of it is open, ${"we wait for an answer ".repeat(20)}.`).join("\n"); // prettier-ignore

describe("the breadth of an artifact", () => {
  test("puts the call that was about the matter before one with a passage that says the same", async () => {
    await using database = await temporaryDatabase();
    const passage = "Ida: The heating contract ends in May, who renews the heating contract?";
    await storeAndIndex(database.db, [
      artifactRow("aside", `${about("parking", 6)}\n${passage}\n${about("lunch", 6)}`, { title: "Call" }),
      artifactRow("main", `${about("heating contract", 6)}\n${passage}\n${about("contract", 6)}`, {
        title: "Call",
      }),
    ]);
    const search = createSearch({ db: database.db, registry: registryOf("notes") });
    const { results } = await search({ query: "who renews the heating contract", explain: true });
    expect(results.map(({ id }) => id)).toEqual(["main", "aside"]);
    const breadth = results.map(({ why }) => why?.find(({ leg }) => leg === "breadth")?.normalised ?? 0);
    expect(breadth[0]).toBe(1);
    expect(breadth[1]).toBeLessThan(0.8);
  });

  test("of an artifact with one passage is its words' score", async () => {
    await using database = await temporaryDatabase();
    await storeAndIndex(database.db, [
      artifactRow("one", "The heating contract ends in May."),
      artifactRow("two", "The parking contract never ends."),
    ]);
    const search = createSearch({ db: database.db, registry: registryOf("notes") });
    const { results } = await search({ query: "heating contract", explain: true });
    for (const { why = [] } of results) {
      const raw = (leg: string) => why.find((trace) => trace.leg === leg)?.raw;
      expect(raw("breadth")).toBeCloseTo(raw("words") ?? Number.NaN, 10);
    }
  });
});
