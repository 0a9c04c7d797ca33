import { expect, test } from "bun:test";
import { analyse } from "@/core/services/index/analyse";
import { formsOfWord } from "./word-endings";

const stemOf = (word: string) => analyse(word)[0]?.stem ?? "";

test.each([
  ["german", "Verträge", "Vertrag Vertrags Verträgen"],
  ["german", "Grenzen", "Grenze"],
  ["spanish", "facturación", "facturaciones facturado facturar factura"],
  ["portuguese", "configurações", "configuração configurar configurado"],
  ["polish", "faktura", "faktury fakturę fakturach faktur"],
])("in %s, '%s' has the forms %s", (language, word, forms) => {
  const found = formsOfWord(stemOf(word), language);
  for (const form of `${word} ${forms}`.split(" ")) {
    expect(found?.stems).toContain(stemOf(form));
    expect(stemOf(form)).toStartWith(found?.start ?? "none");
  }
});

test("short words, words with other signs, and those of a language without a list have no forms", () => {
  expect(formsOfWord("tag", "german")).toBeUndefined();
  expect(formsOfWord("k8s1", "german")).toBeUndefined();
  expect(formsOfWord("договор", "german")).toBeUndefined();
  expect(formsOfWord("lasku", "finnish")).toBeUndefined();
});
