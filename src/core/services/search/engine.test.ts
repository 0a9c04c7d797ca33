import { expect, test } from "bun:test";
import { temporaryDatabase } from "@test/database";
import { artifactRow, storeAndIndex } from "@test/search";
import { gather } from "./engine";
import { mostLookedUp } from "./long-query";
import { parseQuery } from "./query";
import { IndexStatistics } from "./statistics";
import { defaultWeights } from "./weights";

/** Counts what it is asked for. */
class CountingStatistics extends IndexStatistics {
  lookedUp = 0;

  override documentFrequencies(stems: readonly string[], chunks: number): Promise<number[]> {
    this.lookedUp += stems.length;
    return super.documentFrequencies(stems, chunks);
  }
}

const everything = { sql: "a.live = 1", parameters: [], narrows: false };
/** Terms that spelling may add, at the most. */
const mostAdded = 40;

const numbered = (count: number, prefix: string) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);

async function gatheredFor(query: string) {
  await using database = await temporaryDatabase();
  await storeAndIndex(database.db, [
    artifactRow("known", numbered(600, "known").join(" ")),
    artifactRow("keys", "We rotate the signing keys at each deployment."),
  ]);
  const statistics = new CountingStatistics(database.db);
  const looking = { found: Promise.resolve({}), cosines: () => Promise.resolve(new Map<number, number>()) };
  const means = { db: database.db, statistics, weights: defaultWeights, looking };
  const { query: used, candidates } = await gather(means, parseQuery(query), everything, 10);
  return { lookedUp: statistics.lookedUp, terms: used.terms, found: candidates.length };
}

test("a query of more than a thousand unknown words looks up a bounded number and still finds what it ends with", async () => {
  const { lookedUp, found } = await gatheredFor(`${numbered(1_200, "zq").join(" ")} rotate keys`);
  expect(lookedUp).toBeLessThanOrEqual(mostLookedUp + mostAdded);
  expect(found).toBe(1);
});

test("thousands of words of one letter in a script without spaces look up a bounded number", async () => {
  const letters = Array.from({ length: 4_900 }, (_, i) => String.fromCodePoint(0x4e00 + i)).join(" ");
  const { lookedUp, found } = await gatheredFor(letters);
  expect(lookedUp).toBeLessThanOrEqual(mostLookedUp + mostAdded);
  expect(found).toBe(0);
});

test("a query with known words enough looks for no words near its unknown ones", async () => {
  const query = `${numbered(100, "known").join(" ")} deplyoment`;
  const { lookedUp, terms } = await gatheredFor(query);
  expect(lookedUp).toBe(parseQuery(query).terms.length);
  expect(terms.length).toBe(64);
});

test("a mistyped word of an ordinary query is still replaced", async () => {
  const { terms, found } = await gatheredFor("deplyoment");
  expect(terms.map((term) => term.stem)).toEqual(["deploy"]);
  expect(found).toBe(1);
});

test("of a query of many stop words the four are used that tell most", async () => {
  await using database = await temporaryDatabase();
  const common = "what are the of and to in is it for on".split(" ");
  const texts = common.map((_, at) => artifactRow(`a${at}`, common.slice(at).join(" ")));
  await storeAndIndex(database.db, texts);
  const statistics = new IndexStatistics(database.db);
  const looking = { found: Promise.resolve({}), cosines: () => Promise.resolve(new Map<number, number>()) };
  const means = { db: database.db, statistics, weights: defaultWeights, looking };
  const { query } = await gather(means, parseQuery(common.join(" ")), everything, 10);
  expect(query.terms.map(({ stem }) => stem)).toEqual(["what", "ar", "the", "of"]);
});
