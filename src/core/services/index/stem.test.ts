import { expect, test } from "bun:test";
import { stemWord } from "./stem";

test("English words are stemmed by Porter, words with digits are left alone", () => {
  expect(stemWord("running")).toBe("run");
  expect(stemWord("python3")).toBe("python3");
});

test("Russian case endings fall away", () => {
  expect(new Set(["договора", "договору", "договором"].map(stemWord)).size).toBe(1);
  expect(stemWord("дом")).toBe("дом");
});

test("the Arabic article falls away", () => {
  expect(stemWord("الكتاب")).toBe(stemWord("كتاب"));
});

test("words of other scripts stay as they are", () => {
  expect(["हिन्दी", "北京"].map(stemWord)).toEqual(["हिन्दी", "北京"]);
});
