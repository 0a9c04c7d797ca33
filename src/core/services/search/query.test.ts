import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { parseQuery } from "./query";

const stems = (query: string) => parseQuery(query).terms.map((term) => term.stem);

describe("parseQuery", () => {
  test("leaves stop words out", () => {
    expect(stems("How do I rotate the keys?")).toEqual(["rotat", "kei"]);
  });

  test("uses stop words when there is nothing else", () => {
    expect(stems("to be or not to be")).toEqual(["to", "be", "or", "not"]);
  });

  test("counts repeats", () => {
    const [term] = parseQuery("cache caches caching").terms;
    expect(term).toMatchObject({ stem: "cach", count: 3 });
    expect(term?.exactHashes.length).toBe(3);
  });

  test("counts a word that only asks less than one that it asks about, unless there is no other", () => {
    const [asks, about] = parseQuery("Summarize the prices").terms;
    expect(asks?.count).toBeLessThan(about?.count ?? 0);
    expect(about?.count).toBe(1);
    expect(parseQuery("summarize this discussion").terms.map((term) => term.count)).toEqual([1, 1]);
  });

  test("counts the quantity that is asked for less, and one that is spoken of as it is", () => {
    const countOf = (query: string, stem: string) =>
      parseQuery(query).terms.find((term) => term.stem === stem)?.count;
    expect(countOf("How many children does Ann have?", "mani")).toBe(0.3);
    expect(countOf("how much did the heating cost", "much")).toBe(0.3);
    expect(countOf("too many requests", "mani")).toBe(1);
  });

  test("counts question words of other languages less, unless there is no other", () => {
    const counts = (query: string) => parseQuery(query).terms.map((term) => term.count);
    expect(counts("预算增加了多少")).toEqual([1, 1, 0.3, 0.3]);
    expect(counts("多少")).toEqual([1]);
  });

  test("tells a query's subject from what is to be done with it", () => {
    expect(parseQuery("Summarize the discussion about HTTP_ports, please").subject.trim()).toBe(
      "the   about HTTP_ports, please",
    );
    expect(parseQuery("rotation of keys").subject).toBe("rotation of keys");
    expect(parseQuery("main idea").subject).toBe("main idea");
  });

  test("takes operators as text", () => {
    expect(stems('title:foo AND "bar* NEAR(baz')).toEqual(["titl", "foo", "bar", "near", "baz"]);
  });

  test("pairs neighbouring words across stop words", () => {
    expect(parseQuery("rotation of keys").pairs.length).toBe(1);
  });

  test("leaves no word out that is part of a name of code", () => {
    expect(stems("where is to_func")).toEqual(["to", "func"]);
    expect(stems("to_func in the code")).toEqual(["func", "code"]);
    expect(stems("a_".repeat(200))).toEqual(["a"]);
  });

  test("has no terms for text without words", () => {
    expect(stems(" ?! ")).toEqual([]);
  });

  test("takes any text at all", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: "grapheme" })), (query) => {
        for (const term of parseQuery(query).terms) expect(term.stem).not.toContain('"');
      }),
    );
  });
});
