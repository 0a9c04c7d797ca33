import { isGreeting, withoutAsides } from "./asides";
import type { Block } from "./blocks";
import { type SentenceWords, sentenceWords } from "./sentence-words";
import { endsAsQuestion, sentencesOf } from "./sentences";
import { LIMITS } from "./types";
import { hasUnspacedScript, termsOf } from "./words";

interface Candidate {
  text: string;
  terms: Set<string>;
  order: number;
  score: number;
}

/** Where a sentence stands; decides how much its place is worth. */
interface Place {
  role: Block["role"];
  /** Sentences before it in its section; 0 is the first. */
  inSection: number;
  inText: number;
  headingTerms: ReadonlySet<string>;
  titleTerms: ReadonlySet<string>;
}

const MAX_CANDIDATES = 1_500;

/** Sentences that decide, promise or sum up. */
const cue =
  /\b(?:we (?:decided|agreed|will|must|chose|concluded)|(?:was|were|is|been) (?:decided|agreed)|decisions?:|decided to|agreed to|action items?|next steps?|takeaways?|in summary|to sum up|in conclusion|conclude that|the (?:plan|goal|aim|deadline|result|conclusion) is|results? (?:show|suggest|indicate)|we (?:found|show) that|must (?:not )?|due by|deadline|responsible for|root cause|wir haben (?:beschlossen|entschieden)|beschlossen|vereinbart|nous avons décidé|il a été décidé|hemos decidido|se acordó|decidimos)\b|决定|結論|决议|決定|合意|总结|まとめ/i;
/** Sentences that lean on the one before. */
const leaning =
  /^(?:this|that|these|those|it|its|they|he|she|and|but|so|also|or|then|there|however|here|yes|no|yeah|ok|okay|well|oh|um|uh|hi|hello|hey|thanks|thank|sorry|see|click|wow|hmm|mm|right|sure|das|dies|es|sie|er|und|aber|cela|ce|il|elle|et|mais|esto|eso|y|pero)\b/i;
/** "3f1c9d2 Mount the switch higher": an entry of a list of commits. */
const commit = /^(?=\S{0,39}\d)[0-9a-f]{7,40} \p{Lu}/u;
/** What a chat shows below a message, as the sources of chats write it. */
const attached = /^(?:Attached|Thread|Reactions|Also sent in)\b/;
/** "[3/12/2026 10:01 AM] Anna Berg": when somebody said what stands below. */
const stampedName =
  /^[[(]?\d[\d./:, -]{3,20}(?:[AaPp]\.?[Mm]\.?)?[\])]? ?(?:\p{Lu}[\p{L}.'-]{0,30} ?){0,4}$/u;
/** Links or cells in a row: "Architecture · Security · HTTP · MCP". */
const separators = /(?: [·|] [^·|]{0,80}){3}/;
/** "to to the": looked for in talk, where such a sentence is no point. */
const stutter = /(?<![\p{L}\p{N}'])(\p{L}{1,12})[ ,]{1,3}\1(?![\p{L}\p{N}'])/giu;
const filler = /\b(?:um|uh|yeah|gonna|hmm|mm|lol|haha|you know|i mean|kind of|sort of)\b/gi;

/** Up to seven sentences that say what the text says, in its own words and order; one that is cut ends with an ellipsis. */
export function keyPointsOf(blocks: readonly Block[], title: string): string[] {
  const candidates = collect(blocks, title);
  weigh(candidates);
  const wanted = Math.min(LIMITS.keyPoints, Math.max(1, Math.ceil(candidates.length / 2)));
  return choose(candidates, wanted)
    .sort((a, b) => a.order - b.order)
    .map((candidate) => candidate.text);
}

function collect(blocks: readonly Block[], title: string): Candidate[] {
  const titleTerms = new Set(termsOf(title));
  const found: Candidate[] = [];
  let headingTerms: ReadonlySet<string> = new Set();
  let inSection = 0;
  for (const { role, text } of blocks) {
    if (found.length >= MAX_CANDIDATES) break;
    if (role === "cell" || role === "fact") continue;
    if (role === "heading") {
      headingTerms = new Set(termsOf(text));
      inSection = 0;
      continue;
    }
    for (const sentence of sentencesOf(text)) {
      const place: Place = { role, inSection, inText: found.length, headingTerms, titleTerms };
      const candidate = candidateOf(sentence, place);
      inSection++;
      if (candidate !== undefined && candidate.text !== title) found.push(candidate);
    }
  }
  return found;
}

function candidateOf(sentence: string, place: Place): Candidate | undefined {
  if (endsAsQuestion(sentence) || /[:：]$/.test(sentence)) return undefined;
  const spoken = place.role === "turn";
  const said = spoken ? withoutAsides(sentence) : sentence;
  const text = shorten(said.replace(/^[\s•·–—:;,.…>|-]+/u, ""));
  if (stampedName.test(said) || separators.test(text) || (place.role !== "text" && attached.test(text)))
    return undefined;
  if (isGreeting(text) || (place.role === "bullet" && commit.test(text))) return undefined;
  const words = sentenceWords(text);
  const { count, terms } = words;
  const unspaced = hasUnspacedScript(text);
  if (unspaced ? text.length < 8 : count < 4 || text.length < 20) return undefined;
  if (terms.size < 2 || mostlyNotWords(text, words)) return undefined;
  return { text, terms, order: place.inText, score: placeScore(text, count, terms, place) };
}

function placeScore(text: string, words: number, terms: ReadonlySet<string>, place: Place): number {
  const spoken = place.role === "turn";
  let score = 0;
  if (!spoken) score += place.inText === 0 ? 0.9 : place.inText < 3 ? 0.4 : 0;
  if (!spoken && place.inSection === 0) score += 0.3;
  score +=
    0.2 * Math.min(3, shared(terms, place.titleTerms)) + 0.1 * Math.min(2, shared(terms, place.headingTerms));
  if (cue.test(text)) score += 0.8;
  if (place.role === "bullet") score += 0.1;
  if (/\d/.test(text)) score += 0.1;
  if (leaning.test(text)) score -= 0.5;
  if (spoken) {
    const stumbles = (text.match(filler)?.length ?? 0) + (text.match(stutter)?.length ?? 0);
    score -= 0.25 * Math.min(4, stumbles);
  }
  if (words < 7 && !hasUnspacedScript(text)) score -= 0.4;
  return score;
}

/** Adds how much of the whole text's vocabulary a sentence carries. */
function weigh(candidates: readonly Candidate[]): void {
  const frequency = new Map<string, number>();
  for (const { terms } of candidates)
    for (const term of terms) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  for (const candidate of candidates) {
    let sum = 0;
    for (const term of candidate.terms) sum += Math.log2(frequency.get(term) ?? 1);
    // Long sentences carry more words; the root keeps them from winning by length alone.
    candidate.score += (0.6 * sum) / Math.sqrt(candidate.terms.size + 4);
    if (candidate.terms.size >= 5) candidate.score += 0.3;
  }
}

/** Takes the best, leaving out what repeats one already taken. */
function choose(candidates: readonly Candidate[], wanted: number): Candidate[] {
  const chosen: Candidate[] = [];
  const ranked = [...candidates].sort((a, b) => b.score - a.score || a.order - b.order);
  for (const candidate of ranked) {
    if (chosen.length >= wanted) break;
    if (!chosen.some((taken) => overlap(taken.terms, candidate.terms) > 0.5)) chosen.push(candidate);
  }
  return chosen;
}

function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let count = 0;
  for (const term of a) if (b.has(term)) count++;
  return count;
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return shared(a, b) / Math.max(1, Math.min(a.size, b.size));
}

/** Links and symbols with hardly a word between them. */
function mostlyNotWords(text: string, { count, letters }: SentenceWords): boolean {
  return count + letters < text.length * 0.6 || (text.includes("://") && count < 12);
}

/** Cuts an overlong sentence at a clause or word, so that what is left is still the text's own words, and says so. */
function shorten(sentence: string): string {
  if (sentence.length <= LIMITS.keyPointLength) return sentence;
  const longest = LIMITS.keyPointLength - 2;
  const head = sentence.slice(0, longest);
  const clause = Math.max(
    head.lastIndexOf("; "),
    head.lastIndexOf(", "),
    head.lastIndexOf("，"),
    head.lastIndexOf("、"),
  );
  const cut = clause > longest * 0.6 ? clause : head.lastIndexOf(" ");
  // Never between the halves of a surrogate pair.
  const kept = (cut > 0 ? head.slice(0, cut) : head.replace(/[\uD800-\uDBFF]$/, "")).trim();
  return `${kept} …`;
}
