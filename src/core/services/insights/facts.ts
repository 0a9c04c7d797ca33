import { hasUnspacedScript } from "./words";

/** Labels of a mail's head: whatever stands behind one says nothing of what the mail is about. */
const mailLabel =
  /^(?:from|to|cc|bcc|reply-to|date|sent|subject|von|an|betreff|gesendet|datum|de|à|objet|para|asunto)$/i;
/** Labels whose words are the text's own, even where they stand at its head. */
const tellingLabel =
  /^(?:q|a|decisions?|decided|actions?|action items?|next steps?|to-?dos?|tasks?|summary|tl;?dr|goals?|purpose|objectives?|problem|issue|(?:root )?causes?|solution|fix|results?|outcome|conclusions?|notes?|important|warning|caution|tip|key points?|risks?|entscheidung|beschl(?:uss|üsse)|nächste schritte|aufgaben?|ziele?|ergebnis(?:se)?|ursache|lösung|hinweis|wichtig|frage|antwort|décisions?|objectifs?|résultats?|remarque|problème|important|decisi[oó]n(?:es)?|objetivos?|resultados?|nota|problema|importante|decisione|decisioni|obiettivo|besluit|doel|let op|decyzja|cel|uwaga|решение|цель|важно|рішення|мета|决定|决议|目标|结论|注意|决议事项|決定|決定事項|目的|結論|問題|決議|결정|목적|결론)$/iu;
const labelled = /^(\p{L}[^\n:：.!?。！？]{0,39}?) ?[:：]\s*(\S.{0,299})$/u;
const link = /^\[[^\]\n]{1,200}\]\([^()\n]{0,1000}\)$/;
const ending = /[.!?…。！？।؟]["'”’»」)]*$/u;

const MOST_LABEL_WORDS = 4;
const MOST_WORDS = 10;
const MOST_UNSPACED = 40;

/**
 * What a line at the head of a text tells about it rather than in it: "Assigned to: Ana", "Issue #1 of x · open". The
 * part that may hold names; undefined where the line is the text's own. `line` is without the mark of a list;
 * `isBroken` says that a hard line break ends it.
 */
export function factOf(line: string, isBroken: boolean): string | undefined {
  if (link.test(line)) return line;
  const [, label, value] = labelled.exec(line.replaceAll("**", "")) ?? [];
  if (label !== undefined && value !== undefined) return isFact(label, value) ? value : undefined;
  if (ending.test(line)) return undefined;
  return isBroken || line.includes(" · ") ? line : undefined;
}

function isFact(label: string, value: string): boolean {
  if (mailLabel.test(label)) return true;
  if (wordsIn(label) > MOST_LABEL_WORDS) return false;
  const words = wordsIn(value);
  if (tellingLabel.test(label) && (hasUnspacedScript(value) ? value.length > 8 : words > 3)) return false;
  if (ending.test(value) && words > 3) return false;
  if (hasUnspacedScript(value) ? value.length <= MOST_UNSPACED : words <= MOST_WORDS) return true;
  return !ending.test(value) && value.split(/[,;，、؛،]/).every((part) => wordsIn(part) <= MOST_LABEL_WORDS);
}

function wordsIn(text: string): number {
  return text.trim().split(/\s+/).length;
}
