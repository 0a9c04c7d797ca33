import { describe, expect, test } from "bun:test";
import { analyse } from "@/core/services/index/analyse";
import { timesAskedFor } from "./time-words";

/** Which words of `text` name a time for this question; undefined where it asks for none. */
function timesIn(question: string, text: string): string[] | undefined {
  const times = timesAskedFor(analyse(question));
  if (times === undefined) return undefined;
  return analyse(text)
    .filter(({ stemHash }) => times.has(stemHash))
    .map(({ exact }) => exact);
}

describe("a question for a time", () => {
  test.each([
    [
      "When did the release go out?",
      "It left on Monday, 3rd March 2025, two weeks ago",
      "monday 3rd march 2025 weeks ago",
    ],
    ["And when was that", "yesterday at 10, not 3.5 of 99999", "yesterday 10 3 5"],
    ["Wann wird gezahlt?", "Am 31. März, also gestern im Jahr 2024", "31 marz gestern jahr 2024"],
    ["¿Cuándo se paga?", "El martes 4 de septiembre, hoy", "martes 4 septiembre hoy"],
    ["Quando è successo?", "Era martedì 4 settembre", "martedi 4 settembre"],
    ["Quando foi isso?", "Foi ontem, em 4 de setembro", "ontem 4 setembro"],
    ["Når var det?", "På tirsdag, 4. desember", "tirsdag 4 desember"],
    ["När var det?", "På tisdag, 4 december", "tisdag 4 december"],
    ["Когда оплачен счёт?", "Вчера, в среду, 12 мая 2023", "вчера среду 12 мая 2023"],
    ["टेस्ला कब आए", "टेस्ला जुलाई 1884 में आए", "जुलाई 1884"],
    ["发票什么时候核对", "星期一 2023", "星期一 2023"],
  ])("%s", (question, text, expected) => {
    expect(timesIn(question, text)?.join(" ")).toBe(expected);
  });

  test.each([
    "When using streams, what is buffered?",
    "When should I retry",
    "What happens when it was late",
    "who is it",
    "",
  ])("is none: '%s'", (question) => {
    expect(timesIn(question, "Monday 2025")).toBeUndefined();
  });
});
