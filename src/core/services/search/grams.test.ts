import { describe, expect, test } from "bun:test";
import { simplify } from "@/core/services/index/han";
import { GramCounts, GramQuery, GramText } from "./grams";

const texts = [
  "Kubernetes deployment guide",
  "travel expenses policy",
  "Donaudampfschifffahrt",
  "北京大学 研究",
];
const counts = new GramCounts();
for (const text of texts) counts.add(text);
const { statistics } = counts;
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
    expect(new GramCounts().statistics.averageLength).toBe(1);
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

/** The same by the rule alone: small letters, one space for all that is in no word, simplified Chinese. */
function prepared(text: string): string {
  const units = Array.from({ length: text.toLowerCase().length }, (_, at) => text.toLowerCase().charAt(at));
  const kept = units.map((unit) =>
    /[\p{L}\p{N}\p{M}\p{Script=Han}\ud800-\udfff]/u.test(unit) ? simplify(unit) : " ",
  );
  return ` ${kept.join("")} `.replaceAll(/ +/g, " ");
}

test("text in any script is prepared unit by unit as its small letters would be as a whole", () => {
  const text = new GramText();
  const read = (from: string) => {
    const { codes, length } = text.set(from);
    return String.fromCharCode(...codes.subarray(0, length));
  };
  for (const one of [
    "ΟΔΥΣΣΕΥΣ – Σ, ΑΣΑ",
    "İstanbul’da",
    "Straße… ẞ ǅ K",
    "𐐀𐐁 🙂 ok",
    "“大學”，研究",
    "naïve—café",
    "–",
    "",
    "\0é\uffff",
  ])
    expect(read(one)).toBe(prepared(one));
  for (let unit = 0; unit < 65_536; unit++) {
    const one = `é${String.fromCharCode(unit)}B`;
    if (unit < 0xd800 || unit > 0xdfff) expect(read(one)).toBe(prepared(one));
  }
});
