import { describe, expect, test } from "bun:test";
import { GramQuery, GramText, sampleGrams } from "./grams";

const texts = [
  "Kubernetes deployment guide",
  "travel expenses policy",
  "Donaudampfschifffahrt",
  "北京大学 研究",
];
const statistics = sampleGrams(texts);
const score = (query: string, text: string) => new GramQuery(query, statistics).score(text, 1.2, 0.75);

describe("character n-grams", () => {
  test("find a word with a typing mistake", () => {
    const found = texts.map((text) => score("kubernets", text));
    expect(found.indexOf(Math.max(...found))).toBe(0);
    expect(found[1]).toBe(0);
  });

  test("find a part of a compound", () => {
    expect(score("Schifffahrt", "Donaudampfschifffahrt")).toBeGreaterThan(0);
  });

  test("do not care about case and punctuation", () => {
    expect(score("TRAVEL-expenses!", "travel expenses policy")).toBe(
      score("travel expenses", "travel expenses policy"),
    );
  });

  test("work without an alphabet", () => {
    expect(score("北京大学", "北京大学 研究")).toBeGreaterThan(0);
  });

  test("find Chinese characters one by one, and more where two follow each other", () => {
    expect(score("大", "北京大学 研究")).toBeGreaterThan(0);
    expect(score("北京", "北京 研究")).toBeGreaterThan(score("北京", "京北 研究"));
    expect(score("北", "abc north")).toBe(0);
  });

  test("find one way of writing Chinese by the other", () => {
    expect(score("研究", "北京大學 研究")).toBe(score("研究", "北京大学 研究"));
    expect(score("大學", "北京大学 研究")).toBe(score("大学", "北京大学 研究"));
  });

  test("take empty texts", () => {
    expect(score("", "anything")).toBe(0);
    expect(score("query", "")).toBe(0);
    expect(sampleGrams([]).averageLength).toBe(1);
  });

  test("take texts longer than the buffer", () => {
    expect(score("needle", `${"hay ".repeat(30_000)}needle`)).toBeGreaterThan(0);
  });
});

test("prepared text has single spaces between words and around", () => {
  const text = new GramText().set("  Hello,   World! ");
  expect(String.fromCharCode(...text.codes.subarray(0, text.length))).toBe(" hello world ");
});

test("text is prepared alike whether all of it is ASCII or not", () => {
  const every = String.fromCharCode(...Array.from({ length: 128 }, (_, code) => code));
  const codesOf = (text: string) => {
    const prepared = new GramText().set(text);
    return String.fromCharCode(...prepared.codes.subarray(0, prepared.length));
  };
  for (const ascii of ["", "a", " -- ", "Big TEXT, twice.", every, `${every} ${"long ".repeat(3_000)}`])
    expect(`${codesOf(ascii)}é `.replaceAll(/ +/g, " ")).toBe(codesOf(`${ascii} é`));
});
