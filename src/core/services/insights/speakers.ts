import type { ArtifactKind } from "@/core/models/artifact";
import { ORDINARY_WORDS, STOP_WORDS } from "./stop-words";

/** One line of a conversation: who says it, and the rest of the line (empty where the words follow below). */
export interface Turn {
  speaker: string;
  text: string;
}

const name = String.raw`[\p{L}@][\p{L}\p{M}\p{N}.'’@_-]{0,30}(?: [\p{L}\p{M}\p{N}.'’()_-]{1,30}){0,3}`;
const time = String.raw`[([]?\d{1,2}:\d{2}(?::\d{2})?(?:\.\d{1,3})?(?: ?[AaPp][Mm])?[)\]]?`;
const lead = String.raw`^(?:[-*] )?(?:${time} ?[-–—]? ?)?`;
/** `Ana: …`, `**Ana:** …`, `**Ana** (10:03): …`, `[00:01:02] Ana: …` */
const inlineTurn = new RegExp(
  String.raw`${lead}(?:\*\*|__)?(${name})(?:\*\*|__)?(?: ?[([][^()[\]]{1,40}[)\]])?(?:\*\*|__)?[:：](?:\*\*|__)?(?:\s+|$)(.{0,20000})`,
  "u",
);
/** `**Ana** (10:03)`, `### Ana · 2026-03-01 10:03`, `**Ana** — 10:03`, with the words on the lines below. */
const headerTurn = new RegExp(
  String.raw`^(?:#{2,6} (${name})|${lead}\*\*(${name})\*\*) ?(?:[·—–,|-] ?|\()[^\n]{0,30}?\d{1,2}[:.]\d{2}[^\n]{0,20}$`,
  "u",
);

const notNames = new Set(["q", "a", "from", "to", "cc", "bcc", "re", "http", "https", "tl", "tldr", "ps"]);

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

/**
 * True when lines of the form `Name: words` are turns of speech: always in conversations and transcripts that have
 * any, elsewhere when they make up most of the text and somebody speaks twice.
 */
export function looksLikeConversation(kind: ArtifactKind, lines: readonly string[]): boolean {
  const sample = lines.filter((line) => line.trim() !== "").slice(0, 200);
  const counts = new Map<string, number>();
  let turns = 0;
  for (const line of sample) {
    const turn = turnOf(line);
    if (turn === undefined) continue;
    turns++;
    counts.set(turn.speaker, (counts.get(turn.speaker) ?? 0) + 1);
  }
  if (kind === "conversation" || kind === "transcript") return turns > 0;
  return kind !== "code" && turns >= 4 && turns >= sample.length * 0.5 && counts.size < turns / 2;
}
