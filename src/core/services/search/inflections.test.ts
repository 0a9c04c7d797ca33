import { expect, test } from "bun:test";
import { temporaryDatabase } from "@test/database";
import { artifactRow, storeAndIndex } from "@test/search";
import { inflectionsOf } from "./inflections";
import { parseQuery } from "./query";

const texts = [
  "회의실 예약은 총무팀에서 담당합니다. 회의실은 이층에 있습니다.",
  "서버 배포는 매주 화요일에 진행됩니다.",
  "חשבוניות של ספקים נבדקות. חופשה ארוכה.",
  "Signing keys are rotated by the team.",
  "The option maxRetries is three.",
  "Grenzen setzt die Rechtsabteilung.",
  "Laskuissa ja laskuun: tulostimet.",
  "Herr Müller ist in Aarhus.",
  "آن‌ها را فرستادند",
  "விலைப்பட்டியல்களை சரிபார்க்கிறார்",
  "Thuê nhà, thuế, thuyền trưởng.",
  "The colour of the centre was organised.",
  "Revenue was 1,275,250, and 1840512 orders came.",
];

async function formsOf(words: string): Promise<string[]> {
  await using database = await temporaryDatabase();
  await storeAndIndex(
    database.db,
    texts.map((text, index) => artifactRow(`t${index}`, text)),
  );
  const parsed = parseQuery(words);
  const found = await inflectionsOf(database.db, parsed, parsed.terms);
  expect(found.every(({ count }) => count > 0)).toBe(true);
  return found.map(({ stem }) => stem).toSorted();
}

test("a Korean word stands for the forms of its stem that the index holds", async () => {
  expect(await formsOf("회의실을")).toEqual(["회의실", "회의실은"]);
  expect(await formsOf("배포됩니까")).toEqual(["배포는"]);
});

test("a Hebrew word stands for the word without what is written before it", async () => {
  expect(await formsOf("לחופשה")).toEqual(["חופשה"]);
});

test("a word of a question that tells its language stands for what begins as it does", async () => {
  expect(await formsOf("Wer setzt eine Grenze?")).toEqual(["grenzen"]);
  expect(await formsOf("Who sets the grenze?")).toEqual([]);
});

test("so does one of words that English does not have, or of a script of its own", async () => {
  expect(await formsOf("Grenze")).toEqual(["grenzen"]);
  expect(await formsOf("tulostin lasku")).toEqual(["laskuissa", "laskuun", "tulostimet"]);
  expect(await formsOf("விலைப்பட்டியல்")).toEqual(["விலைப்பட்டியல்களை"]);
  expect(await formsOf("חשבונית")).toEqual(["חשבוניות"]);
  expect(await formsOf("می‌فرستند")).toEqual(["فرستادند"]);
});

test("Vietnamese words have one form, and English ones those that their stems have", async () => {
  expect(await formsOf("thuế nhà đất")).toEqual([]);
  expect(await formsOf("sign key team")).toEqual([]);
  expect(await formsOf("maxRetri laskux_set grenze.js")).toEqual([]);
  expect(await formsOf("Keyes Teamster")).toEqual([]);
});

test("a word with an umlaut stands for the same without one, either way", async () => {
  expect(await formsOf("Mueller")).toEqual(["muller"]);
  expect(await formsOf("who is mr mueller")).toEqual(["muller"]);
  expect(await formsOf("Århus")).toContain("aarhu");
  expect(await formsOf("value issue")).toEqual([]);
});

test("a form counts as the word that was asked for, by how much of it both share", async () => {
  await using database = await temporaryDatabase();
  await storeAndIndex(database.db, [artifactRow("a", "laskuun laskuissammekin")]);
  const parsed = parseQuery("lasku");
  const found = await inflectionsOf(database.db, parsed, parsed.terms);
  expect(found.map(({ stem, formOf }) => [stem, formOf?.term.stem, formOf?.likeness.toFixed(2)])).toEqual([
    ["laskuun", "lasku", "0.69"],
  ]);
});

test("an English word stands for its other spelling, which counts no more than it does", async () => {
  expect(await formsOf("Which color was it?")).toEqual(["colour"]);
  expect(await formsOf("organizing the center")).toEqual(["centr", "organis"]);
  expect(await formsOf("the colour")).toEqual([]);
});

test("a name with underscores stands for the same without them", async () => {
  expect(await formsOf("what is max_retries")).toEqual(["maxretri"]);
  expect(await formsOf("no_such_name")).toEqual([]);
});

test("a large number stands for the same with other signs between its digits, or none", async () => {
  expect(await formsOf("1275250")).toEqual(["250", "275"]);
  expect(await formsOf("1.840.512")).toEqual(["1840512"]);
  expect(await formsOf("1'840'512 orders")).toEqual(["1840512"]);
  expect(await formsOf("۱۲۷۵۲۵۰")).toEqual(["250", "275"]);
  expect(await formsOf("10.275.1 and v1.250")).toEqual([]);
});

test("what was asked for itself, and words of other scripts, have no forms", async () => {
  expect(await formsOf("회의실 회의실은")).toEqual([]);
  expect(await formsOf("rotate keys 예")).toEqual([]);
});
