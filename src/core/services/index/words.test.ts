import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { countWords, isUnspaced, wordsOf } from "./words";

const texts = (text: string) => wordsOf(text).map((word) => word.text);

describe("wordsOf", () => {
  test("takes runs of letters and digits, folded", () => {
    expect(texts("Don't panic: 42 Häuser!")).toEqual(["don", "t", "panic", "42", "hauser"]);
  });

  test("keeps combining marks inside Hindi words", () => {
    expect(texts("कहानी में")).toEqual(["कहानी", "में"]);
  });

  test("goes on over signs that only say how letters join or where a line may end", () => {
    expect(texts("Daten\u00adbank, co\u00adope\u00adrate")).toEqual(["datenbank", "cooperate"]);
    expect(texts("परमेश्\u200dवर क्\u200cष")).toEqual(["परमेश्वर", "क्ष"]);
    expect(texts("\u00ad \u200d a\u00ad -\u200db")).toEqual(["a", "b"]);
    // A Persian word is often written in one, in two, or with this between its parts.
    expect(texts("می\u200cکند")).toEqual(texts("می کند"));
  });

  test("are cut at every apostrophe, and be it one that is counted as a letter", () => {
    expect(texts("обʼєкт")).toEqual(texts("об'єкт"));
    expect(texts("об’єкт")).toEqual(texts("об'єкт"));
  });

  test("cuts Chinese, Japanese and Thai into words", () => {
    expect(texts("北京大学").length).toBeLessThanOrEqual(2);
    expect(texts("東京都に住んでいます").length).toBeGreaterThan(2);
    expect(texts("ฉันรักภาษาไทย").length).toBeGreaterThan(2);
  });

  test("says where each word stands", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        let end = 0;
        for (const word of wordsOf(text)) {
          expect(word.start).toBeGreaterThanOrEqual(end);
          expect(word.end).toBeGreaterThan(word.start);
          end = word.end;
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  test("cuts endless words short", () => {
    expect(texts("x".repeat(5_000))[0]?.length).toBe(64);
  });
});

test("words are counted by segments where there are no spaces", () => {
  expect(countWords("one two three")).toBe(3);
  expect(countWords("我喜欢学习")).toBeGreaterThan(1);
  expect(countWords("  \n")).toBe(0);
});

test("scripts without spaces are recognised", () => {
  expect(isUnspaced("日本")).toBe(true);
  expect(isUnspaced("Japan")).toBe(false);
});
