import { describe, expect, test } from "bun:test";
import { createRandom } from "@test/random";
import { eachAsciiToken } from "./ascii-tokens";
import { SmallWords } from "./small-words";

const pattern = /[A-Za-z0-9]+(?:[-.&'/+_][A-Za-z0-9]+)*(?:\+\+|#)?/g;

function tokensOf(text: string): [string, boolean, boolean][] {
  const found: [string, boolean, boolean][] = [];
  eachAsciiToken(text, (start, end, ...marks) => found.push([text.slice(start, end), ...marks]));
  return found;
}

describe("tokens of plain English text", () => {
  test("are those of the pattern, in texts of all its characters", () => {
    const random = createRandom(5);
    const characters = "aZ9-.&'/+_# ,(\n";
    for (let round = 0; round < 2_000; round++) {
      const text = Array.from({ length: 12 }, () => characters[random.below(characters.length)]).join("");
      expect(tokensOf(text).map(([token]) => token)).toEqual(text.match(pattern) ?? []);
    }
  });

  test("say whether they have a capital or an apostrophe", () => {
    expect(tokensOf("O'Brien's C++ of GPT-4, don't.")).toEqual([
      ["O'Brien's", true, true],
      ["C++", true, false],
      ["of", false, false],
      ["GPT-4", true, false],
      ["don't", false, true],
    ]);
  });
});

describe("small words", () => {
  test("are told of those that are asked for, from every text", () => {
    const words = new SmallWords();
    words.add("straße");
    words.note("the crane and the crow", [0, 3, 4, 9, 10, 13, 14, 17, 18, 22]);
    words.note("brane", [0, 5]);
    words.note("", []);
    const among = words.among(new Set(["crane", "brane", "crown", "straße", "and"]));
    expect([...among].sort()).toEqual(["and", "brane", "crane", "straße"]);
  });
});
