/**
 * Stems of Russian words after the algorithm of the Snowball project (Porter 2001, snowballstem.org), with endings of
 * Ukrainian beside them: a word does not tell which of the two it is.
 */
const vowels = "аеиоуыэюяіїє";
const beginning = new RegExp(`^[^${vowels}]*[${vowels}]`);
/** What stands before the second consonant that follows a vowel: shorter words keep their suffixes. */
const longBeginning = new RegExp(`^(?:[^${vowels}]*[${vowels}]+[^${vowels}]){2}`);

const gerund = /(?:(?<=[ая])в(?:ши(?:сь)?)?|[иы]в(?:ши(?:сь)?)?)$/;
const reflexive = /с[яь]$/;
const adjective = /(?:[иы]ми|[ео]го|[ео]му|[еиыо]е|[еиыо]й|[еиыо]м|[иы]х|[уюое]ю|ая|яя|[оії][їй]|іми)$/;
const participle = /(?:(?<=[ая])(?:ем|нн|вш|ющ|щ)|ивш|ывш|ующ)$/;
const verb = new RegExp(
  "(?:(?<=[ая])(?:ла|на|ете|йте|ли|й|л|ем|н|ло|но|ет|ют|ны|ть|ешь|нно|є|ємо|єте|єть|ють|в)|" +
    "[иы]ла|ена|[еу]йте|ите|[иы]ли|[еу]й|[иы]л|[иы]м|ен|[иы]ло|ено|ят|ует|уют|[иы]т|ены|[иы]ть|ишь|ую|ю|" +
    "(?<=[аяиії])ти|ує|ують)$",
);
const noun =
  /(?:[ео]в|[иь]?е|(?:и?я|а)ми|[еи]?и|(?:ие|[еои])?й|(?:и?я|ие|[еао])м|(?:и?я|а)х|[иь]?ю|[иь]?я|[аоуыь]|[ії]в|[оеє]ві|[еєо]ю|[іїє])$/;
const quality = /(?:ость?|ість?)$/;
const superlative = /ейше?$/;

/** The stem of a folded word in Cyrillic letters. */
export function stemCyrillic(word: string): string {
  const kept = beginning.exec(word)?.[0] ?? word;
  let rest = withoutEndings(word.slice(kept.length)).replace(/и$/, "");
  const long = longBeginning.exec(word)?.[0].length ?? Infinity;
  const ofQuality = quality.exec(rest);
  if (ofQuality !== null && kept.length + ofQuality.index >= long) rest = rest.slice(0, ofQuality.index);
  rest = rest.replace(superlative, "");
  return kept + (rest.endsWith("нн") ? rest.slice(0, -1) : rest.replace(/ь$/, ""));
}

/** What the cases, genders, persons and tenses have added. */
function withoutEndings(rest: string): string {
  if (gerund.test(rest)) return rest.replace(gerund, "");
  const bare = rest.replace(reflexive, "");
  if (adjective.test(bare)) return bare.replace(adjective, "").replace(participle, "");
  return verb.test(bare) ? bare.replace(verb, "") : bare.replace(noun, "");
}
