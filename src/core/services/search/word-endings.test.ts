import { expect, test } from "bun:test";
import { analyse } from "@/core/services/index/analyse";
import { stemsOfForms } from "./word-endings";

const stemOf = (word: string) => analyse(word)[0]?.stem ?? "";

test.each([
  ["german", "Verträge", "Vertrag Vertrags Verträgen"],
  ["german", "Grenzen", "Grenze"],
  ["spanish", "facturación", "facturaciones facturado facturar factura"],
  ["portuguese", "configurações", "configuração configurar configurado"],
  ["polish", "faktura", "faktury fakturę fakturach faktur"],
])("in %s, '%s' has the forms %s", (language, word, forms) => {
  const stems = [stemOf(word), ...stemsOfForms(stemOf(word), language)];
  for (const form of forms.split(" ")) expect(stems).toContain(stemOf(form));
});

test("a word is no form of itself", () => {
  expect(stemsOfForms("grenz", "german")).not.toContain("grenz");
});

test("short words, words with other signs, and those of a language without a list have no forms", () => {
  expect(stemsOfForms("tag", "german")).toEqual([]);
  expect(stemsOfForms("k8s1", "german")).toEqual([]);
  expect(stemsOfForms("договор", "german")).toEqual([]);
  expect(stemsOfForms("lasku", "finnish")).toEqual([]);
});
