import { describe, expect, test } from "bun:test";
import { temporaryDatabase } from "@test/database";
import { chunkOf } from "@test/scored-chunks";
import { artifactRow, registryOf, storeAndIndex } from "@test/search";
import { besideOf } from "./besides";
import { createSearch } from "./search";

/** A message in which the query's terms have these parts; its text has these words. */
function message(parts: readonly number[], words: readonly number[], title = 0) {
  const stems = { title, heading: 0, hashes: Uint32Array.from(words) };
  return { ...chunkOf(1, {}, { stems }), parts: Float64Array.from(parts) };
}
const matter = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const otherMatter = [21, 22, 23, 24, 25, 26, 27, 28, 29, 30];
const near = (other: ReturnType<typeof message>, distance = 1) => ({ other, distance });

describe("words beside a message", () => {
  const own = message([3, 0, 0], matter);

  test("count where it has none of them, and what it lacks of those it has", () => {
    expect(besideOf(own, [near(message([0, 2, 0], matter))])).toBe(2);
    expect(besideOf(own, [near(message([4, 2, 0], matter))])).toBe(3);
    expect(besideOf(own, [near(message([3, 0, 0], matter))])).toBe(0);
  });

  test("count once, however many say them, and half where they stand two steps away", () => {
    const both = [near(message([0, 2, 0], matter)), near(message([0, 2, 1], matter), 2)];
    expect(besideOf(own, both)).toBe(2.5);
  });

  test("count as far as both have words in common", () => {
    expect(besideOf(own, [near(message([0, 2, 0], otherMatter))])).toBe(0);
    // Three words of ten: a quarter of the way from .25 to .45.
    const partly = message([0, 2, 0], [1, 2, 3, ...otherMatter.slice(3)]);
    expect(besideOf(own, [near(partly)])).toBeCloseTo(2 / 4, 12);
  });

  test("are not taken for one matter by a title that all messages have", () => {
    const one = message([3, 0], [...matter, ...otherMatter], 10);
    expect(besideOf(one, [near(message([0, 2], [...matter, 31, 32, 33], 10))])).toBe(0);
  });

  test("do not count where no parts are known, or no text is", () => {
    const { candidate, raw } = own;
    expect(besideOf({ candidate, raw }, [near(message([0, 2, 0], matter))])).toBe(0);
    expect(besideOf(own, [near({ ...own, parts: new Float64Array(3) })])).toBe(0);
    expect(besideOf(message([1, 0], []), [near(message([0, 2], []))])).toBe(0);
  });

  test("are compared in long texts as well", () => {
    const long = Array.from({ length: 5_000 }, (_, index) => index + 1);
    expect(besideOf(message([3, 0], long), [near(message([0, 2], long))])).toBe(2);
  });
});

test("an answer that does not repeat the question is found by the message before it", async () => {
  await using database = await temporaryDatabase();
  const said = (id: string, text: string) => artifactRow(id, text, { kind: "conversation", title: "#house" });
  await storeAndIndex(database.db, [
    said("house-1", "Ann: Who mends the projector in the small room on the ground floor?"),
    said("house-2", "Ben: The small room on the ground floor is for Ludwig, he comes on Monday."),
    said("garden-1", "Cem: Tulips, roses, lilies: none of these wanted water all of last week."),
    said("garden-2", "Dee: The small room on the ground floor is for Harriet, she comes on Sunday."),
  ]);
  const search = createSearch({ db: database.db, registry: registryOf("notes") });
  const { results } = await search({ query: "who mends the projector in the small room", explain: true });
  const besideOf = (id: string) => {
    const why = results.find((hit) => hit.id === id)?.why ?? [];
    return why.find(({ leg }) => leg === "beside")?.contribution;
  };
  expect(besideOf("house-2")).toBeGreaterThan(0.05);
  expect(besideOf("garden-2")).toBe(0);
  const order = results.map(({ id }) => id);
  expect(order.indexOf("house-2")).toBeLessThan(order.indexOf("garden-2"));
});
