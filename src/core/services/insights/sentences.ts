const segmenter = new Intl.Segmenter("und", { granularity: "sentence" });

/** After one of these, a full stop does not end a sentence. */
const abbreviation =
  /(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|vs|etc|e\.g|i\.e|cf|approx|Fig|No|Nr|Inc|Ltd|Co|Corp|U\.S|U\.K|z\.B|bzw|ca|\p{Lu})\.\s*$/u;

/** "vom 2. März", "bis 15. Mai", "der 3. Stock": a number in its place in an order, as German writes it. */
const ordinal =
  /(?:^|[\s(])(?:am|vom|bis|zum|der|dem|den|des|die|das|im|ab|seit|jede[nrs]?|ihr|sein)\s\d{1,2}\.\s*$/;
const beforeMonth = /(?:^|[\s(–-])\d{1,2}\.\s*$/;
const month =
  /^(?:Januar|Jänner|Februar|Feber|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jan|Feb|Apr|Aug|Sept?|Okt|Nov|Dez)(?![\p{L}])/u;

/** A Greek question ends with what is a semicolon elsewhere. */
const greekQuestion = /\p{Script=Greek}\s?[;\u037e]["”»)]?$/u;
const question = /[?？؟]["'”’)»]?$/;

/** Whether a sentence, trimmed, ends as a question does. */
export function endsAsQuestion(sentence: string): boolean {
  return question.test(sentence) || (sentence.length > 1 && greekQuestion.test(sentence.slice(-4)));
}

/** Whether there can be a question in a text at all. */
export function mayAsk(text: string): boolean {
  return /[?？؟\u037e]/.test(text) || (text.includes(";") && greekQuestion.test(text.slice(-4)));
}

/** Sentences of a paragraph, trimmed, in any script. One without an end is cut off at 2,000 characters. */
export function sentencesOf(paragraph: string): string[] {
  const found: string[] = [];
  let open = "";
  for (const { segment } of segmenter.segment(paragraph)) {
    if (open !== "" && !goesOn(open, segment)) {
      push(found, open);
      open = "";
    }
    open += segment;
  }
  push(found, open);
  return found;
}

/** Whether the full stop at the end of what was read ends no sentence. */
function goesOn(open: string, next: string): boolean {
  if (open.length >= 2_000 || !open.endsWith(".", open.trimEnd().length)) return false;
  const end = open.slice(-16);
  return abbreviation.test(end) || ordinal.test(end) || (beforeMonth.test(end) && month.test(next));
}

function push(found: string[], sentence: string): void {
  const trimmed = sentence.slice(0, 2_000).trim();
  if (trimmed !== "") found.push(trimmed);
}
