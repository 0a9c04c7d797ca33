import type { RenderedArtifact } from "@/core/models/models";
import { plainLine } from "@/lib/clean-text";
import { clockTime, shownDuration } from "@/lib/duration";
import { bulletList, factList, inlineText, lineText } from "@/lib/markdown-text";
import { nestedMarkdown } from "@/lib/nested-markdown";
import { spokenTurns, turnsMarkdown } from "@/lib/spoken-turns";
import { type Detail, type Listed, type Turn, utc } from "../models/models";

export const hasText = ({ turns, notes }: Detail) => turns.length + notes.length > 0;
export const titleOf = ({ id, name }: Listed) => plainLine(name ?? "", 300) || `Recording ${id}`;
export const startOf = ({ start_at, created_at }: Listed) => utc(start_at) ?? utc(created_at);

/** Those who speak, in the order in which they begin. */
export function speakersOf({ turns }: Detail): string[] {
  return [...new Set(turns.flatMap(({ speaker }) => plainLine(speaker ?? "") || []))];
}

/** One recording: facts, notes, outline, transcript. Null where nothing was made of it yet. */
export function renderRecording(listed: Listed, detail: Detail): RenderedArtifact | null {
  if (!hasText(detail)) return null;
  const started = startOf(listed);
  const title = titleOf(listed);
  const length = listed.duration ? `, ${shownDuration(listed.duration / 1_000)}` : "";
  const facts = factList({
    When: started === undefined ? null : `${started.slice(0, 16).replace("T", " ")} UTC${length}`,
    Speakers: speakersOf(detail).join(", "),
  });
  const outline = detail.outline.map(
    ({ start_time, topic }) => `[${clockTime((start_time ?? 0) / 1_000)}] ${inlineText(topic)}`,
  );
  const parts: [string, string][] = [
    ...detail.notes.map((note): [string, string] => [note.title, nestedMarkdown(note.text, 3)]),
    ["Outline", bulletList(outline)],
    ["Transcript", transcriptOf(detail.turns)],
  ];
  const shown = parts.flatMap(([name, text]) => (text === "" ? [] : [`## ${inlineText(name)}\n\n${text}`]));
  return {
    integrationArtifactId: `plaud:${listed.id}`,
    kind: "transcript",
    title,
    markdown: [`# ${lineText(title)}`, facts, ...shown].filter((part) => part !== "").join("\n\n"),
    ...(started === undefined ? {} : { artifactDate: started }),
  };
}

function transcriptOf(turns: readonly Turn[]): string {
  const said = turns.map(({ speaker, start_time, content }) => ({
    speaker: `**${inlineText(plainLine(speaker ?? "") || "Unknown speaker")}**`,
    topic: "",
    startMs: start_time ?? null,
    text: content,
  }));
  return turnsMarkdown(spokenTurns(said));
}
