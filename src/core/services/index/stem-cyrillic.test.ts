import { expect, test } from "bun:test";
import { foldWord } from "./words";
import { stemCyrillic } from "./stem-cyrillic";

const stemsOf = (words: string) => [...new Set(words.split(" ").map((word) => stemCyrillic(foldWord(word))))];

for (const forms of [
  "договор договора договору договором договоры договоров договорами",
  "сложность сложности сложностью сложностей",
  "многоязычный многоязычная многоязычных многоязычным многоязычными многоязычного",
  "население населения населением населению",
  "управляет управлял управляла управляют управлять управляли",
  "проверился проверилась проверились",
  "компания компании компанией компаний",
  "перекладач перекладача перекладачі перекладачів перекладачами перекладачеві",
  "можливість можливості можливостями можливостей",
  "багатомовний багатомовна багатомовної багатомовних багатомовною багатомовні",
  "шукати шукає шукають шукала шукали",
]) {
  test(`'${forms}' are forms of one word`, () => {
    expect(stemsOf(forms)).toHaveLength(1);
  });
}

test("other words stay apart", () => {
  expect(stemsOf("город горы горох договор дом домашний")).toHaveLength(6);
});

test("words without a vowel, and what stands before the first one, stay", () => {
  expect(stemCyrillic("мвд")).toBe("мвд");
  expect(stemCyrillic("дом")).toBe("дом");
  expect(stemCyrillic("и")).toBe("и");
});

test("a long row of letters is stemmed at once", () => {
  expect(stemCyrillic("а".repeat(64)).length).toBeGreaterThan(0);
  expect(stemCyrillic("б".repeat(64))).toBe("б".repeat(64));
});
