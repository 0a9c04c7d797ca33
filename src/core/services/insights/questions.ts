import { isSmallTalk, withoutAsides, withoutLead } from "./asides";
import type { Block } from "./blocks";
import { questionFromHeading } from "./heading-questions";
import { endsAsQuestion, mayAsk, sentencesOf } from "./sentences";
import { LIMITS } from "./types";
import type { LanguageGuess } from "./language";
import { hasUnspacedScript, termsOf, wordsOf } from "./words";

interface Found {
  text: string;
  order: number;
  score: number;
}

const MAX_SENTENCES = 4_000;
/** What asks nothing, whatever marks are in it. */
const unasked: ReadonlySet<Block["role"]> = new Set(["cell", "comment", "fact"]);
const questionLabel = /^(?:Q|Question|Frage)\s*\d{0,3}\s*[.:)]\s*/i;
/** "Jae: Can you …": who asks, in front of it. */
const speaker =
  /^\p{Lu}[\p{L}.'’-]{1,20}(?: \p{Lu}[\p{L}.'’-]{0,20}){0,2}(?: (?:wrote|said|asked))?: (?=[\p{L}¿@].{7})/u;
/** In English talk a question has one of these words; what has none is said with a rise of the voice. */
const asks =
  /\b(?:how|what|why|when|where|which|who|whom|whose|can|could|do|does|did|is|are|was|were|am|should|shall|will|would|has|have|had|may|might|must|if|any|anyone|anybody|anything|(?:is|are|do|does|did|was|were|ca|could|wo|would|should|has|have)n['’]?t|how['’]?d|what['’]s|who['’]s|where['’]s|when['’]s)\b/i;
/** The question mark of an address or of code, or a text that is mostly marks. */
const notProse =
  /[/=&{}<>|;\\_][^\s?？]{0,200}[?？]["'”’)»]?$|(?:[^\p{L}\p{M}\p{N}\s'’,.?？][\s\S]{0,8}){8}|https?:/u;
const asking =
  /^(?:(?:so|and|but|also|hey|hi|ok|okay)[ ,]+)*(?:how|what|why|when|where|which|who|whom|whose|can|could|do|does|did|is|are|was|were|should|will|would|has|have|may|wie|was|warum|wann|wo|wer|welche|kann|comment|pourquoi|quand|où|qui|quel|quelle|est-ce|cómo|qué|por|cuándo|dónde|quién|cuál)\b/iu;

/**
 * Up to seven questions that the text itself answers, in the text's order: asked and followed by an answer, or
 * headings with something under them.
 */
export function questionsOf(blocks: readonly Block[], language: LanguageGuess): string[] {
  const found = new Map<string, Found>();
  let looked = 0;
  for (const [index, block] of blocks.entries()) {
    if (looked > MAX_SENTENCES) break;
    if (block.role === "heading") fromHeading(found, blocks, index, language);
    else if (!unasked.has(block.role)) looked += fromSentences(found, blocks, index, language);
  }
  return [...found.values()]
    .sort((a, b) => b.score - a.score || a.order - b.order)
    .slice(0, LIMITS.questions)
    .sort((a, b) => a.order - b.order)
    .map(({ text }) => text);
}

function fromHeading(
  found: Map<string, Found>,
  blocks: readonly Block[],
  index: number,
  language: LanguageGuess,
): void {
  if (!hasContentBelow(blocks, index)) return;
  const heading = (blocks[index]?.text ?? "").replace(
    /^(?:Q|Question|Frage)?\s*\d{0,3}[a-z]?\s*[.:)]\s+/i,
    "",
  );
  if (endsAsQuestion(heading)) add(found, heading, index, 3);
  else if (language === "english") {
    const made = questionFromHeading(heading);
    if (made !== undefined) add(found, made, index, 1.5);
  }
}

/** Words below a heading that say something. */
const enoughWords = 8;

/** At least one block of a dozen words, or of a score of characters where words are not spaced, before the next heading. */
function hasContentBelow(blocks: readonly Block[], index: number): boolean {
  let words = 0;
  for (let i = index + 1; i < blocks.length && i < index + 20; i++) {
    const block = blocks[i];
    if (block === undefined || block.role === "heading") break;
    words += hasUnspacedScript(block.text)
      ? block.text.length / 2
      : block.text.split(" ", enoughWords).length;
    if (words >= enoughWords) return true;
  }
  return false;
}

function fromSentences(
  found: Map<string, Found>,
  blocks: readonly Block[],
  index: number,
  language: LanguageGuess,
): number {
  const block = blocks[index];
  if (block === undefined || !mayAsk(block.text)) return 1;
  const sentences = sentencesOf(block.text);
  const lastStatement = block.role === "turn" ? -1 : sentences.findLastIndex(isStatement);
  let isAnsweredBelow: boolean | undefined;
  for (const [at, sentence] of sentences.entries()) {
    if (!endsAsQuestion(sentence)) continue;
    if (at > lastStatement && !(isAnsweredBelow ??= isAnswered(blocks, index))) continue;
    const labelled = questionLabel.test(sentence);
    const text = questionOf(sentence);
    if (block.role === "turn" && language === "english" && !asks.test(text)) continue;
    const score =
      (labelled ? 2.5 : 1) +
      (asking.test(text) ? 0.5 : 0) +
      Math.min(6, termsOf(text).length) * 0.15 -
      (text.length > 150 ? 0.8 : 0);
    add(found, text, index, score);
  }
  return sentences.length;
}

/** The question alone: without its number, whoever asks it, and words that only lead up to it. */
function questionOf(sentence: string): string {
  const text = withoutAsides(sentence)
    .replace(questionLabel, "")
    .replace(/^[\s•·–—>:"“«-]+/u, "")
    .replace(speaker, "");
  return withoutLead(text);
}

/** Where the rest of the paragraph says nothing: whether the next block does (in talk: somebody else's). */
function isAnswered(blocks: readonly Block[], index: number): boolean {
  const asked = blocks[index];
  if (asked === undefined) return false;
  for (let i = index + 1; i < Math.min(blocks.length, index + 4); i++) {
    const next = blocks[i];
    if (next === undefined || next.role === "heading") return false;
    if (asked.role === "turn" && next.speaker === asked.speaker) continue;
    return sentencesOf(next.text.slice(0, 1_000)).some(isStatement);
  }
  return false;
}

function isStatement(sentence: string): boolean {
  if (endsAsQuestion(sentence)) return false;
  return hasUnspacedScript(sentence) ? sentence.length >= 6 : wordsOf(sentence).length >= 4;
}

function add(found: Map<string, Found>, question: string, order: number, score: number): void {
  const text = question.replace(/\s+([?？])/g, "$1").trim();
  if (text.length > LIMITS.questionLength || isSmallTalk(text) || notProse.test(text)) return;
  // The end of a bracket, or a name in a program.
  if (text.split("(").length !== text.split(")").length) return;
  const unspaced = hasUnspacedScript(text);
  if (unspaced ? text.length < 5 : wordsOf(text).length < 3) return;
  // Without a subject a question finds nothing: "And what about that?"
  if (termsOf(text).length < (unspaced || score >= 1.5 ? 1 : 2)) return;
  const key = text.toLowerCase();
  const known = found.get(key);
  if (known === undefined || known.score < score)
    found.set(key, { text, order: known?.order ?? order, score });
}
