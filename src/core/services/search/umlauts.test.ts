import { expect, test } from "bun:test";
import { otherUmlauts } from "./umlauts";

test.each([
  ["Müller", "mueller"],
  ["Mueller", "muller"],
  ["Prüfung".normalize("NFD"), "pruefung"],
  ["Aarhus", "arhu"],
  ["Århus", "aarhu"],
  ["København", "koebenhavn"],
  ["Uebergroesse", "ubergross"],
])("'%s' may be written as %s", (word, other) => {
  expect(otherUmlauts(word)).toBe(other);
});

test("other words have one spelling", () => {
  for (const word of [
    "Rechnung",
    "neuer",
    "Quelle",
    "Bauern",
    "guests",
    "poets",
    "Michael",
    "für",
    "договор",
  ])
    expect(otherUmlauts(word)).toBeUndefined();
});
