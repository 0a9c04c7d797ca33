import { analyse } from "@/core/services/index/analyse";
import { fold } from "@/core/services/index/fold";
import type { QueryTerm } from "./query";

/** Another way to write one of a query's terms. */
export interface OtherForm {
  stem: string;
  term: QueryTerm;
}

/** Digits up to which a number is filled with zeros: `INV-000123`. */
const longestFilled = 8;
const mostNumbers = 8;
const number = /(?<![\p{L}\p{N}.,])\p{Nd}{1,8}(?![\p{L}\p{N}]|[.,]\p{Nd})/gu;

const months = "january february march april may june july august september october november december".split(
  " ",
);
const month = `(?<month>${months.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join("|")}|sept)`;
/** `March 5, 2024`, `5 March 2024`, `5th of March`. */
const written = new RegExp(
  String.raw`\b(?:${month}\.? (?<day>\d{1,2}(?:st|nd|rd|th)?)|(?<dayFirst>\d{1,2}(?:st|nd|rd|th)?)(?: of)? ${month.replace("month", "monthLast")})\b`,
  "gi",
);
/** `2024-03-05`, `2024/03/05`. */
const inFigures = /(?<!\d)\d{4}[-/](?<month>\d{2})[-/](?<day>\d{2})(?!\d)/g;

/**
 * Numbers of a query as records write them: 123 is `000123` in the number of an order and the reverse, March 5 is `03-05`
 * in a date, and the reverse.
 */
export function numbersOtherwise(query: string, terms: readonly QueryTerm[]): OtherForm[] {
  const byStem = new Map(terms.map((term) => [term.stem, term]));
  const found: OtherForm[] = [];
  const add = (word: string, stem: string) => {
    const term = byStem.get(stemOf(word));
    if (term !== undefined && !byStem.has(stem)) found.push({ stem, term });
  };
  for (const [written] of [...query.matchAll(number)].slice(0, mostNumbers)) {
    const digits = fold(written);
    const bare = digits.replace(/^0+(?=\d)/, "");
    if (bare !== digits) add(written, bare);
    if (bare.length === 1) continue;
    for (let length = bare.length + 1; length <= longestFilled; length++)
      add(written, bare.padStart(length, "0"));
  }
  for (const { groups = {} } of query.matchAll(written)) {
    const name = groups["month"] ?? groups["monthLast"] ?? "";
    const day = groups["day"] ?? groups["dayFirst"] ?? "";
    const index = months.findIndex((one) => one.startsWith(name.slice(0, 3).toLowerCase()));
    add(name, twoDigits(index + 1));
    add(day, twoDigits(Number.parseInt(day, 10)));
  }
  for (const { groups = {} } of query.matchAll(inFigures)) {
    const { month = "", day = "" } = groups;
    const name = months[Number(month) - 1] ?? "";
    for (const form of [name, name.slice(0, 3)]) if (form !== "") add(month, stemOf(form));
    add(day, `${Number(day)}`);
  }
  return found;
}

function twoDigits(value: string | number): string {
  return `${value}`.padStart(2, "0");
}

function stemOf(word: string): string {
  return analyse(word)[0]?.stem ?? "";
}
