import type { ArtifactKind } from "@/core/models/artifact";
import { logLevels } from "@/lib/log-levels";
import { turnStamp } from "@/lib/turn-stamp";
import { plainText } from "./plain";
import { ORDINARY_WORDS, STOP_WORDS } from "./stop-words";

/** One line of a conversation: who says it, and the rest of the line (empty where the words follow below). */
export interface Turn {
  speaker: string;
  text: string;
}

const name = String.raw`[\p{L}@][\p{L}\p{M}\p{N}.'’@_-]{0,30}(?: [\p{L}\p{M}\p{N}.'’()_-]{1,30}){0,3}`;
const lead = String.raw`^(?:[-*] )?(?:${turnStamp} ?[-–—]? ?)?`;
/** `Ana: …`, `**Ana:** …`, `**Ana** (10:03): …`, `[00:01:02] Ana: …`, `12/03/2024, 10:03 - Ana: …` */
const inlineTurn = new RegExp(
  String.raw`${lead}(?:\*\*|__)?(${name})(?:\*\*|__)?(?: ?[([][^()[\]]{1,40}[)\]])?(?:\*\*|__)?[:：](?:\*\*|__)?(?:\s+|$)(.{0,20000})`,
  "u",
);
/** `**Ana** (10:03)`, `### Ana · 2026-03-01 10:03`, `**Ana** — 10:03`, with the words on the lines below. */
const headerTurn = new RegExp(
  String.raw`^(?:#{2,6} (${name})|${lead}\*\*(${name})\*\*) ?(?:[·—–,|-] ?|\()[^\n]{0,30}?\d{1,2}[:.]\d{2}[^\n]{0,20}$`,
  "u",
);

const date = String.raw`\d{4}-\d{2}-\d{2}(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?`;
const clock = String.raw`[^()[\]\n]{0,30}?(?:\d{1,2}:\d{2}|\d{4}-\d{2}-\d{2})[^()[\]\n]{0,30}`;
/** `**Ana** (10:03): …`, `**Ana** 2026-03-01: …`: a bold name and a time. Nobody writes anything else like that. */
const certainTurn = new RegExp(
  String.raw`^(?:[-*] )?\*\*([^*\n]{1,60})\*\* ?(?:[([]${clock}[)\]]|${date}(?: [A-Z]{1,5})?) ?[:：](?:\s+|$)(.{0,20000})`,
  "u",
);
const stamped = new RegExp(String.raw`^(?:[-*] )?${turnStamp}`, "u");

const notNames = new Set([
  ...["q", "a", "from", "to", "cc", "bcc", "re", "http", "https", "tl", "tldr", "ps"],
  ...logLevels,
]);

/** Reads a line as a turn, or answers undefined. Whether the text is a conversation at all is for the caller. */
export function turnOf(line: string): Turn | undefined {
  if (!line.includes(":") && !line.includes("：")) return undefined;
  const inline = inlineTurn.exec(line);
  const header = inline === null ? headerTurn.exec(line) : null;
  const speaker = (inline?.[1] ?? header?.[1] ?? header?.[2])?.trim();
  if (speaker === undefined || !couldBeName(speaker)) return undefined;
  return { speaker, text: inline?.[2] ?? "" };
}

const particle = /^(?:de|van|von|der|da|la|le|di|dos|den|bin|al)$/;

function couldBeName(text: string): boolean {
  const [first = "", ...rest] = text.split(" ");
  const lower = first.toLowerCase();
  if (notNames.has(text.toLowerCase())) return false;
  if (rest.length === 0) return !isPlainWord(lower);
  // A label such as "Next steps" or "What we want" has ordinary words in small letters; a name hardly ever does.
  if (rest.some((word) => /^\p{Ll}/u.test(word) && !particle.test(word))) return false;
  return ![first, ...rest].some(
    (word) => word.length > 1 && !particle.test(word) && STOP_WORDS.has(word.toLowerCase()),
  );
}

const roles = new Set(["user", "assistant", "system", "speaker", "bot"]);

function isPlainWord(word: string): boolean {
  return !roles.has(word) && (ORDINARY_WORDS.has(word) || STOP_WORDS.has(word));
}

/** Speakers that stand for a part rather than a person. */
export function isRole(speaker: string): boolean {
  return roles.has(speaker.toLowerCase());
}

const partTurn = /^(user|assistant):\s+(.{0,20000})/i;

/** Reads a line as a turn where its form leaves no doubt, whatever the text is otherwise. */
function certainTurnOf(line: string): Turn | undefined {
  const [, part, words] = partTurn.exec(line) ?? [];
  if (part !== undefined) return { speaker: part, text: words ?? "" };
  if (!line.includes("**")) return undefined;
  const [, speaker, text] = certainTurn.exec(line) ?? [];
  return speaker === undefined ? undefined : { speaker: plainText(speaker), text: text ?? "" };
}

/** How the lines of a text, trimmed, are read as turns. Where turns tell their time, a line without is none. */
export function turnReader(kind: ArtifactKind, lines: readonly string[]): (line: string) => Turn | undefined {
  if (kind === "code") return () => undefined;
  if (!looksLikeConversation(kind, lines)) return certainTurnOf;
  const turns = lines.slice(0, 400).filter((line) => turnOf(line.trim()) !== undefined);
  const told = turns.filter((line) => isTold(line.trim())).length;
  if (told >= turns.length / 2 || lines.some((line) => certainTurnOf(line.trim()) !== undefined))
    return (line) => certainTurnOf(line) ?? (isTold(line) ? turnOf(line) : undefined);
  if (hasOnlyLabels(turns)) return (line) => (isBulleted(line) ? undefined : turnOf(line));
  return turnOf;
}

/** Whether a line that reads as a turn says when it was said. */
function isTold(line: string): boolean {
  return stamped.test(line) || headerTurn.test(line) || timedTurn.test(line);
}

const isBulleted = (line: string): boolean => /^[-*] /.test(line);

/** Whether the listed ones of these turns are a list of facts: "- Status: open", each label once. */
function hasOnlyLabels(turns: readonly string[]): boolean {
  const listed = turns.filter(isBulleted).map((line) => turnOf(line.trim())?.speaker);
  return listed.length > 0 && new Set(listed).size === listed.length;
}

/** A time before the colon that ends who speaks: hardly any list of explanations has one. */
const timedTurn = /^[^\n]{0,60}?\d{1,2}:\d{2}[^\n]{0,60}?[^\d\s]:(?:\*\*|__)?(?:\s|$)/u;

/**
 * True when lines of the form `Name: words` are turns of speech: always in conversations and transcripts that have
 * any, elsewhere when they make up most of the text and people speak twice. Where turns tell their time, one who does is
 * enough.
 */
export function looksLikeConversation(kind: ArtifactKind, lines: readonly string[]): boolean {
  const sample = lines
    .filter((line) => line.trim() !== "")
    .slice(0, 200)
    .map((line) => ({ line, speaker: turnOf(line)?.speaker }))
    .filter(({ line, speaker }) => speaker !== undefined || !line.startsWith("#"));
  const turns = sample.filter(({ speaker }) => speaker !== undefined);
  if (kind === "conversation" || kind === "transcript") return turns.length > 0;
  if (kind === "code" || turns.length < sample.length / 2) return false;
  const speakers = new Set(turns.map(({ speaker }) => speaker)).size;
  const timed = turns.filter(({ line }) => timedTurn.test(line)).length;
  if (timed >= turns.length / 2) return turns.length >= 3 && speakers < turns.length;
  return turns.length >= 4 && speakers < turns.length / 2;
}
