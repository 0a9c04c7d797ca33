import { expect, test } from "bun:test";
import { openDatabase } from "@/core/db/open";
import { temporaryDatabase } from "@test/database";
import { artifactRow, storeAndIndex } from "@test/search";
import { IndexStatistics } from "./statistics";
import { ReadingBudget } from "./text/reading-budget";

test("figures tell chunks and their mean length by kind", async () => {
  await using database = await temporaryDatabase();
  const rows = Array.from({ length: 25 }, (_, i) => artifactRow(`d${i}`, "one two three four"));
  const chats = Array.from({ length: 25 }, (_, i) =>
    artifactRow(`c${i}`, "one two", { kind: "conversation" }),
  );
  await storeAndIndex(database.db, [...rows, ...chats, artifactRow("code", "x", { kind: "code" })]);
  const figures = await new IndexStatistics(database.db).current();
  expect(figures.chunks).toBe(51);
  expect(figures.averageLength.document).toBe(4);
  expect(figures.averageLength.conversation).toBe(2);
  expect(figures.averageLength.code).toBeCloseTo(151 / 51, 5);
});

test("an empty index has figures that nothing divides by 0 with", async () => {
  await using database = await temporaryDatabase();
  await storeAndIndex(database.db, [artifactRow("empty", "")]);
  const figures = await new IndexStatistics(database.db).current();
  expect(figures.chunks).toBe(0);
  expect(figures.averageLength.document).toBeGreaterThan(0);
  expect(figures.grams.averageLength).toBeGreaterThan(0);
});

test("frequencies count chunks, and 0 for words that are not there", async () => {
  await using database = await temporaryDatabase();
  await storeAndIndex(database.db, [artifactRow("a", "apple pear"), artifactRow("b", "apple apple")]);
  const statistics = new IndexStatistics(database.db);
  const { chunks } = await statistics.current();
  expect(await statistics.documentFrequencies(["appl", "pear", "plum"], chunks)).toEqual([2, 1, 0]);
});

test("what another process wrote is counted by the next query", async () => {
  await using database = await temporaryDatabase();
  await storeAndIndex(database.db, [artifactRow("a", "apple")]);
  const statistics = new IndexStatistics(database.db);
  const frequencyOf = async (stem: string) => {
    const { chunks } = await statistics.current();
    return statistics.documentFrequencies([stem], chunks);
  };
  expect(await frequencyOf("appl")).toEqual([1]);
  const other = openDatabase(database.path);
  await storeAndIndex(other.db, [artifactRow("b", "apple")]);
  other.close();
  expect(await frequencyOf("appl")).toEqual([2]);
});

test("what is common is counted as what is rare, roughly also without reading its list", async () => {
  await using database = await temporaryDatabase();
  const lines = Array.from({ length: 2_400 }, (_, at) =>
    artifactRow(`a${at}`, at < 2_300 ? "apple" : "pear"),
  );
  await storeAndIndex(database.db, lines);
  const statistics = new IndexStatistics(database.db);
  const { chunks } = await statistics.current();
  const [apples = 0, pears] = await statistics.roughFrequencies(["appl", "pear"], chunks);
  expect(Math.abs(apples - 2_300)).toBeLessThan(230);
  expect(pears).toBe(100);
  const nothing = new ReadingBudget(0);
  expect(await statistics.documentFrequencies(["appl", "pear"], chunks, nothing)).toEqual([2_300, 100]);
});

test("what is known stays known to a query in which others have to be forgotten", async () => {
  await using database = await temporaryDatabase();
  await storeAndIndex(database.db, [artifactRow("a", "apple pear"), artifactRow("b", "apple apple")]);
  const statistics = new IndexStatistics(database.db);
  const { chunks } = await statistics.current();
  await statistics.documentFrequencies(["appl"], chunks);
  await statistics.roughFrequencies(
    Array.from({ length: 50_001 }, (_, at) => `zz${at}`),
    chunks,
  );
  expect(await statistics.documentFrequencies(["appl", "pear"], chunks)).toEqual([2, 1]);
});
