import { expect, test } from "bun:test";
import { temporaryDatabase } from "@test/database";
import { artifactRow, storeAndIndex } from "@test/search";
import { formsByBeginning, likenessOf } from "./word-forms";

async function formsIn(text: string, word: string, most = 10): Promise<string[]> {
  await using database = await temporaryDatabase();
  await storeAndIndex(database.db, [artifactRow("a", text)]);
  return (await formsByBeginning(database.db, word, most)).map(({ stem }) => stem);
}

test("forms of a word begin as it does, those that share most of it first", async () => {
  const text = "fakturom fakturach faktura fakt fabryka";
  expect(await formsIn(text, "faktura")).toEqual(["fakturach", "fakturom", "fakt"]);
  expect(await formsIn(text, "faktura", 1)).toEqual(["fakturach"]);
});

test("what has other signs than letters, or goes on for long, is no form", async () => {
  expect(await formsIn("lasku2 lasku laskutusohjelmisto", "lasku")).toEqual([]);
  expect(await formsIn("k8s1 k8s12", "k8s1")).toEqual([]);
  expect(await formsIn("ab abc", "ab")).toEqual([]);
});

test("likeness is the square of what two words share of their beginning", () => {
  expect(likenessOf("lasku", "lasku")).toBe(1);
  expect(likenessOf("lasku", "laskun")).toBeCloseTo((10 / 11) ** 2, 10);
  expect(likenessOf("lasku", "taulu")).toBe(0);
});
