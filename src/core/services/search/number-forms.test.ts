import { expect, test } from "bun:test";
import { numbersOtherwise } from "./number-forms";
import { parseQuery } from "./query";

/** Other forms in a query, as `form~term`. */
function formsOf(query: string): string[] {
  return numbersOtherwise(query, parseQuery(query).terms).map(({ stem, term }) => `${stem}~${term.stem}`);
}

test("a number is filled with zeros, as in the number of an order", () => {
  expect(formsOf("invoice 1234")).toEqual(["01234~1234", "001234~1234", "0001234~1234", "00001234~1234"]);
  expect(formsOf("INV-000123")).toContain("123~000123");
  expect(formsOf("room 7")).toEqual([]);
});

test("a date is written in figures, and the reverse", () => {
  const found = formsOf("March 5, 2024");
  expect(found).toContain("03~march");
  expect(found).toContain("05~5");
  expect(formsOf("5th of March")).toEqual(expect.arrayContaining(["03~march", "05~5th"]));
  expect(formsOf("14 Sept. order")).toContain("09~sept");
  expect(formsOf("2024-03-05")).toEqual(expect.arrayContaining(["march~03", "mar~03", "5~05"]));
});

test("versions, addresses, amounts and what is no date stay as they are", () => {
  for (const query of ["v2.14.3", "10.2.33.14", "14,574.71 €", "march on", "2024-31-42"])
    expect(formsOf(query).filter((form) => !form.startsWith("0"))).toEqual([]);
});
