import type { ArtifactKind } from "@/core/models/artifact";

const turn = /^\s*(?:[-*>]\s+)?(?:\*{1,2})?[\p{L}@][\p{L}\p{N}\p{M} .'’_-]{0,40}(?:\*{1,2})?:(?:\*{1,2})?\s/u;

/** Words above which a text of turns is a call rather than a chat. */
const longTalk = 2_000;
/** Enough to know a text's shape. */
const linesLookedAt = 200;

/**
 * What a text is for ranking. Integrations say it; where one says "document", turns ("Name: …") in at least half of the
 * lines tell a conversation or a transcript, since files hold those as well.
 */
export function shapeOf(kind: ArtifactKind, markdown: string, words: number): ArtifactKind {
  if (kind !== "document") return kind;
  const lines = markdown
    .slice(0, 40_000)
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .slice(0, linesLookedAt);
  const turns = lines.filter((line) => turn.test(line.slice(0, 60))).length;
  if (lines.length === 0 || turns < lines.length / 2) return "document";
  return words > longTalk ? "transcript" : "conversation";
}
