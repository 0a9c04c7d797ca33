import { describe, expect, test } from "bun:test";
import { analyse, eachWrittenWord, stemLine, termHash, termsIn, tokensWith } from "./analyse";

const stems = (text: string) => analyse(text).map((token) => token.stem);

describe("analyse", () => {
  test("an identifier is followed by its parts", () => {
    expect(stems("getUserName")).toEqual(["getusernam", "get", "user", "name"]);
    expect(stems("XMLParser")).toEqual(["xmlparser", "xml", "parser"]);
  });

  test("snake, kebab and dotted names are cut at their marks", () => {
    expect(stems("user_name user-name user.name")).toEqual(["user", "name", "user", "name", "user", "name"]);
  });

  test("tokens of some stems alone are those that all of them hold", () => {
    const text =
      "Running runners ran to getUserName; Ärger über RUNS, run2 runs, user-names, über, i18n, 日本語 Straße strasse.";
    for (const wanted of [
      ["run"],
      ["user", "name"],
      ["uber", "arger"],
      ["strass", "18", "get"],
      ["日本語"],
      [],
    ]) {
      const expected = analyse(text).filter((token) => wanted.includes(token.stem));
      expect(tokensWith(text, new Map(wanted.map((stem) => [stem, 1])))).toEqual(expected);
    }
    expect(tokensWith(text, new Map([["run", 1]])).length).toBeGreaterThan(1);
  });

  test("terms are what tokens hold, and written words are those before they are cut", () => {
    const text = "Running to getUserName, 日本語 and über2";
    const terms = termsIn(text).map(({ stem, stemHash, exactHash }) => [stem, stemHash, exactHash]);
    expect(terms).toEqual(analyse(text).map(({ stem, stemHash, exactHash }) => [stem, stemHash, exactHash]));
    const written: string[] = [];
    eachWrittenWord("to getUserName2 NOW", (word, start) => written.push(`${start} ${word.lower}`));
    expect(written).toEqual(["0 to", "3 getusername2", "16 now"]);
  });

  test("tokens point at the text they came from", () => {
    const text = "call parseConfigFile now";
    const written = analyse(text).map((token) => text.slice(token.start, token.end));
    expect(written).toEqual(["call", "parseConfigFile", "parse", "Config", "File", "now"]);
  });

  test("a number is followed by its parts where a unit or a time of day hangs on it", () => {
    const words = (text: string) => analyse(text).map(({ exact }) => exact);
    expect(words("2024-03-02T22:17:45Z")).toEqual(["2024", "03", "02t22", "02", "22", "17", "45z"]);
    expect(words("heap 3683MB")).toEqual(["heap", "3683mb", "3683", "mb"]);
    expect(words("in 100ms")).toEqual(["in", "100ms", "100", "ms"]);
    expect(words("the 95th of the 1990s 0ba4")).toEqual(["the", "95th", "of", "the", "1990s", "0ba4"]);
  });

  test("ordinary capitals are no identifiers", () => {
    expect(stems("NATO Berlin A")).toEqual(["nato", "berlin", "a"]);
  });

  test("text without words has no tokens", () => {
    expect(analyse(" \n — !")).toEqual([]);
  });
});

test("stems are written as one line", () => {
  expect(stemLine(termsIn("Running dogs"))).toBe("run dog ");
  expect(stemLine([])).toBe("");
});

test("hashes are stable, differ, and are never 0", () => {
  expect(termHash("search")).toBe(termHash("search"));
  const hashes = Array.from({ length: 20_000 }, (_, index) => termHash(`term${index}`));
  expect(new Set(hashes).size).toBe(hashes.length);
  expect(Math.min(...hashes)).toBeGreaterThan(0);
});
