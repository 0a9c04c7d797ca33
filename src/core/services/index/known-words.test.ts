import { describe, expect, test } from "bun:test";
import { KnownWords } from "./known-words";
import { eachRun } from "./words";

/** Words that are worked out by their letters alone, and how often that was needed. */
function counting() {
  const asked: string[] = [];
  const words = new KnownWords((written) => {
    asked.push(written);
    const texts = { written, exact: written, stem: written, lower: written };
    const flags = { isIdentifier: false, isTerm: true, isEnglishFunction: false, isGermanFunction: false };
    return { ...texts, ...flags, exactHash: 1, stemHash: 1 };
  });
  return { words, asked };
}

describe("known words", () => {
  test("are worked out once, wherever and in whatever way they come", () => {
    const { words, asked } = counting();
    const text = "crane 𝐀𝐁 crane 𝐀𝐂 Krähe crane";
    const found: string[] = [];
    eachRun(text, (start, end, _unspaced, hash) => found.push(words.at(text, start, end, hash).written));
    expect(found).toEqual(text.split(" "));
    expect(words.of("crane").written).toBe("crane");
    expect(words.of("𝐀𝐂").written).toBe("𝐀𝐂");
    expect(asked).toEqual(["crane", "𝐀𝐁", "𝐀𝐂", "Krähe"]);
  });

  test("of one hash are told apart, and a thousand of them do no harm", () => {
    const { words } = counting();
    for (let round = 0; round < 2; round++) {
      for (let index = 0; index < 1_000; index++) {
        const written = `word${index}`;
        expect(words.at(written, 0, written.length, 7).written).toBe(written);
      }
    }
  });

  test("more than fit are forgotten, and found anew", () => {
    const { words, asked } = counting();
    for (let index = 0; index < 70_000; index++) words.of(`w${index}`);
    expect(words.of("w69999").written).toBe("w69999");
    expect(asked).toHaveLength(70_000);
    expect(words.of("w0").written).toBe("w0");
    expect(asked).toHaveLength(70_001);
  });

  test("that are endless are not remembered", () => {
    const { words, asked } = counting();
    words.of("x".repeat(200));
    words.of("x".repeat(200));
    expect(asked).toHaveLength(2);
  });
});
