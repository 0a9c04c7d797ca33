import { analyse, termHash, type Token } from "@/core/services/index/analyse";
import { lazy } from "@/lib/lazy";

/** Words that ask for a time, by language. */
const askingWhen: Readonly<Record<string, string>> = {
  en: "when",
  de: "wann",
  es: "cuándo",
  fr: "quand",
  it: "quando",
  pt: "quando",
  nl: "wanneer",
  sv: "när",
  da: "hvornår når",
  nb: "når",
  pl: "kiedy",
  cs: "kdy",
  ro: "când",
  id: "kapan",
  fi: "milloin",
  hu: "mikor",
  ru: "когда",
  uk: "коли",
  el: "πότε",
  ar: "متى",
  he: "מתי",
  hi: "कब",
  bn: "কখন কবে",
  ja: "いつ 何時",
  ko: "언제",
  zh: "何时 何時 什么时候 什麼時候 时候 時候",
};

/** English asks for a time by one of these after "when"; "when using …" and "when should …" ask for something else. */
const afterWhen = new Set("did do does is are was were will has have had".split(" "));
/** Words of a question among which it says that it asks for a time; later on, "when" joins two sentences. */
const beginning = 3;
/** Parts of a day and of a year, and what is counted back from now; the names of days and months are known by language. */
const inEnglish = "weekend morning evening night tonight ago summer winter spring autumn fall";

/** Languages in which such a word stands in the middle of a question, and joins no sentences. */
const amidst = new Set(["hi", "bn", "ja", "ko", "zh"]);

/** Languages by their word: some share one. */
const languagesOf = lazy(() => {
  const byWord = new Map<string, string[]>();
  for (const [language, words] of Object.entries(askingWhen)) {
    for (const word of words.split(" ")) {
      const [token, ...others] = analyse(word);
      // One that is cut into several would make each of them ask.
      if (token === undefined || others.length > 0) continue;
      byWord.set(token.exact, [...(byWord.get(token.exact) ?? []), language]);
    }
  }
  return byWord;
});

/** Names of times, by the word that asks. */
const known = new Map<string, ReadonlySet<number>>();

/**
 * Hashes of the stems that name a time in the language of a question that asks for one; undefined for other questions.
 * `tokens` are the question's.
 */
export function timesAskedFor(tokens: readonly Token[]): ReadonlySet<number> | undefined {
  const at = tokens.findIndex(({ exact }) => languagesOf().has(exact));
  const asking = tokens[at]?.exact ?? "";
  const languages = languagesOf().get(asking);
  if (languages === undefined || !asks(tokens, at, languages)) return undefined;
  const times = known.get(asking) ?? new Set(languages.flatMap(timesIn));
  known.set(asking, times);
  return times;
}

/** Whether the word at this place asks, and does not join two sentences. */
function asks(tokens: readonly Token[], at: number, languages: readonly string[]): boolean {
  if (languages.some((language) => amidst.has(language))) return true;
  if (at >= beginning) return false;
  return !languages.includes("en") || afterWhen.has(tokens[at + 1]?.exact ?? "");
}

/** Days of a month and years as numbers; names of days, months and spans of time as the language has them. */
function timesIn(language: string): number[] {
  const timeZone = "UTC";
  const month = new Intl.DateTimeFormat(language, { month: "long", timeZone });
  const date = new Intl.DateTimeFormat(language, { day: "numeric", month: "long", timeZone });
  const weekday = new Intl.DateTimeFormat(language, { weekday: "long", timeZone });
  const fromToday = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const spans = new Intl.DisplayNames(language, { type: "dateTimeField" });
  const names = [
    ...range(0, 11).flatMap((index) => {
      // Some languages write a month in another form after a day.
      const inDate = date.formatToParts(Date.UTC(2024, index)).find(({ type }) => type === "month");
      return [month.format(Date.UTC(2024, index)), inDate?.value ?? ""];
    }),
    ...range(1, 7).map((day) => weekday.format(Date.UTC(2024, 0, day))),
    ...[-1, 0, 1].map((days) => fromToday.format(days, "day")),
    ...(["year", "month", "weekOfYear"] as const).map((span) => spans.of(span) ?? ""),
    ...(language === "en" ? inEnglish.split(" ") : []),
  ];
  // A name of several words is left out: by themselves they name no time.
  const words = names.map((name) => analyse(name)).filter(({ length }) => length === 1);
  const days = range(1, 31).flatMap((day) => [`${day}`, `0${day}`, `${day}${ordinalEnding(day)}`]);
  const numbers = [...days, ...range(1000, 2100).map(String)];
  return [...words.flat().map(({ stemHash }) => stemHash), ...numbers.map(termHash)];
}

/** What follows a day's number in English. */
function ordinalEnding(day: number): string {
  const last = day % 10;
  if (last > 3 || last === 0 || (day > 10 && day < 14)) return "th";
  return ["st", "nd", "rd"][last - 1] ?? "th";
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
