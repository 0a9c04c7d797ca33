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

test("Hindi endings of number, case and gender fall away, short words stay", () => {
  expect(new Set(["किताब", "किताबें", "किताबों"].map(stemWord)).size).toBe(1);
  expect(stemWord("लडकियों")).toBe(stemWord("लडकी"));
  expect(stemWord("का")).toBe("का");
});

test("Japanese loan words lose the stroke at their end, short ones keep it", () => {
  expect(["サーバー", "コンピューター"].map(stemWord)).toEqual(["サーバ", "コンピュータ"]);
  expect(["コピー", "キー", "サーバ"].map(stemWord)).toEqual(["コピー", "キー", "サーバ"]);
});

test("words of other scripts stay as they are", () => {
  expect(["ไทย", "北京"].map(stemWord)).toEqual(["ไทย", "北京"]);
});
