const segmenter = new Intl.Segmenter("und", { granularity: "sentence" });

/** After one of these, a full stop does not end a sentence. */
const abbreviation =
  /(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|vs|etc|e\.g|i\.e|cf|approx|Fig|No|Nr|Inc|Ltd|Co|Corp|U\.S|U\.K|z\.B|bzw|ca|\p{Lu})\.\s*$/u;

/** Sentences of a paragraph, trimmed, in any script. One without an end is cut off at 2,000 characters. */
export function sentencesOf(paragraph: string): string[] {
  const found: string[] = [];
  let open = "";
  for (const { segment } of segmenter.segment(paragraph)) {
    open += segment;
    if (open.length < 2_000 && abbreviation.test(open.slice(-12))) continue;
    push(found, open);
    open = "";
  }
  push(found, open);
  return found;
}

function push(found: string[], sentence: string): void {
  const trimmed = sentence.slice(0, 2_000).trim();
  if (trimmed !== "") found.push(trimmed);
}
