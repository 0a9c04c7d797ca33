import { expect, test } from "bun:test";
import { fold, isAscii } from "./fold";

const pairs: [string, string][] = [
  ["Hello", "hello"],
  ["Häuser", "hauser"],
  ["STRASSE", "strasse"],
  ["Straße", "strasse"],
  ["naïve", "naive"],
  ["Łódź", "lodz"],
  ["ＡＢＣ１", "abc1"],
  ["Ёлка", "елка"],
  ["Йод", "йод"],
  ["ΟΔΥΣΣΕΎΣ", "οδυσσευσ"],
  ["أَحْمَد", "احمد"],
  ["مدرسة", "مدرسه"],
  ["हिन्दी", "हिंदी"],
  ["डिफ़ेन्स", "डिफेंस"],
  ["गाँव", "गांव"],
  ["會議", "会议"],
];

for (const [written, folded] of pairs) {
  test(`'${written}' is folded to '${folded}'`, () => {
    expect(fold(written)).toBe(folded);
  });
}

test("folding twice is folding once", () => {
  for (const [written] of pairs) expect(fold(fold(written))).toBe(fold(written));
});

test("ASCII is told from the rest", () => {
  expect(isAscii("plain text 123")).toBe(true);
  expect(isAscii("naïve")).toBe(false);
});
