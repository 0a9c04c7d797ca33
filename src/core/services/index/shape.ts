import type { ArtifactKind } from "@/core/models/artifact";
import { logLevels } from "@/lib/log-levels";
import { turnStamp } from "@/lib/turn-stamp";

const turn = new RegExp(
  String.raw`^(?:\s?|\s*[-*>]\s+)(?:${turnStamp} ?[-–—]? ?)?(?:\*{1,2})?(?<speaker>[\p{L}@][\p{L}\p{N}\p{M} .'’_-]{0,40})` +
    String.raw`(?:\*{1,2})?(?: ?${turnStamp})?:(?:\*{1,2})?\s+(?<said>.*)$`,
  "u",
);
/** What stands before a colon and never speaks: `10:03 INFO worker`, `Error`, `TypeError`, `E0308`, `ORA-00942`. */
const nobody = new RegExp(
  String.raw`\b(?:${logLevels.join("|").toUpperCase()})\b|(?:Error|Exception|Warning)$|^\p{Lu}[\p{Lu}_-]*\p{N}{3,}$`,
  "u",
);
/** A name of code or of a setting, though somebody may be called so in a chat: `maxRetries`, `sku`. */
const uncapitalised = /^\p{Ll}/u;
/** Words after such a name that are a value rather than something said. */
const fewWords = 2;
/** How lines of code end, and turns hardly ever do. */
const codeEnd = /[;{([]$/;

/** Words above which a text of turns is a call rather than a chat. */
const longTalk = 2_000;
/** Turns up to which everybody may have spoken once. */
const fewTurns = 4;
/** Different speakers among many turns, at most: where each line has a label of its own, it is a list of explanations. */
const mostSpeakers = 0.9;
/** Enough to know a text's shape. */
const linesLookedAt = 200;

/**
 * What a text is for ranking. Integrations say it; where one says "document", turns ("Name: …") in at least half of the
 * lines, with speakers that come again, tell a conversation or a transcript, since files hold those as well.
 */
export function shapeOf(kind: ArtifactKind, markdown: string, words: number): ArtifactKind {
  if (kind !== "document") return kind;
  const lines = markdown
    .slice(0, 40_000)
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .slice(0, linesLookedAt);
  const speakers = lines.flatMap((line) => speakerOf(line) ?? []);
  const turns = speakers.length;
  if (lines.length === 0 || turns < lines.length / 2) return "document";
  if (turns > fewTurns && new Set(speakers).size > mostSpeakers * turns) return "document";
  return words > longTalk ? "transcript" : "conversation";
}

/** Who speaks in a line, where it is a turn. */
function speakerOf(line: string): string | undefined {
  const { speaker, said = "" } = turn.exec(line.slice(0, 90))?.groups ?? {};
  if (speaker === undefined || isNobody(speaker) || codeEnd.test(line.trimEnd())) return undefined;
  return uncapitalised.test(speaker) && said.trim().split(/\s+/).length <= fewWords ? undefined : speaker;
}

function isNobody(speaker: string): boolean {
  return nobody.test(speaker) || logLevels.includes(speaker.toLowerCase());
}
