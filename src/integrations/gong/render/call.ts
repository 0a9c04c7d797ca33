import type { RenderedArtifact } from "@/core/models/artifact";
import { plainLine } from "@/lib/clean-text";
import { lineText } from "@/lib/markdown-text";
import { turnsMarkdown } from "@/lib/spoken-turns";
import { type Call, type CallItem, startOf } from "../models/models";
import type { Names } from "../sync-steps/directory";
import { type Person, peopleOf } from "./people";
import * as sections from "./sections";
import { turnsOf } from "./transcript";

/** One call as an artifact. Pure. */
export function renderCall({ id, call, transcript }: CallItem, names: Names): RenderedArtifact {
  const { metaData, content } = call;
  const people = peopleOf(call, names);
  const host = hostOf(call, people, names);
  const title = plainLine(metaData.title ?? "", 300) || `Call ${id}`;
  const turns = turnsOf(transcript ?? [], people);
  const parts: [string, string][] = [
    ["Participants", sections.participants(people)],
    ["Brief", sections.brief(call)],
    ["Key points", sections.keyPoints(call)],
    ["Action items", sections.actionItems(call, people)],
    ["Outline", sections.outline(call)],
    ["Highlights", sections.highlights(call)],
    ["Topics", sections.topics(call)],
    ["Comments", sections.comments(call, names)],
    ["Transcript", turnsMarkdown(turns)],
  ];
  const shown = parts.filter(([, text]) => text !== "").map(([name, text]) => `## ${name}\n\n${text}`);
  const points = (content?.keyPoints ?? [])
    .map(({ text }) => plainLine(text, 1_000))
    .filter((text) => text !== "");
  return {
    integrationArtifactId: `gong:call:${id}`,
    kind: "transcript",
    title,
    markdown: [`# ${lineText(title)}`, sections.facts(call, host, names), ...shown]
      .filter((part) => part !== "")
      .join("\n\n"),
    url: metaData.url ?? undefined,
    author: host,
    artifactDate: startOf(call),
    metadata: {
      callId: id,
      workspaceId: metaData.workspaceId ?? null,
      scope: metaData.scope ?? null,
      direction: metaData.direction ?? null,
      durationSeconds: metaData.duration ?? null,
      hasTranscript: turns.length > 0,
    },
    ...(points.length === 0 ? {} : { insights: { keyPoints: points } }),
  };
}

function hostOf({ metaData }: Call, people: readonly Person[], names: Names): string | undefined {
  const id = metaData.primaryUserId;
  if (!id) return undefined;
  return people.find(({ party }) => party.userId === id)?.name ?? names.users.get(id);
}
