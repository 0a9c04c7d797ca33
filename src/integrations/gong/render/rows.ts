import { hasUnspacedScript, wordsOf } from "@/core/services/insights/words";
import { plainLine } from "@/lib/clean-text";
import type { CallRows } from "../db/queries";
import { type Call, type CallItem, cameUp, startOf } from "../models/models";
import { attended, peopleOf } from "./people";

const noNames = { users: new Map<string, string>() };

/** A call's rows for SQL. */
export function rowsOf(
  account: string,
  { id, call, transcript, detailsHash, transcriptHash }: CallItem,
): CallRows {
  const { metaData, content } = call;
  const spoken = wordsBySpeaker(transcript ?? []);
  const at = { account, callId: id };
  return {
    call: {
      ...at,
      title: plainLine(metaData.title ?? "", 300) || `Call ${id}`,
      url: metaData.url ?? null,
      started: startOf(call) ?? null,
      durationSeconds: whole(metaData.duration),
      direction: metaData.direction ?? null,
      scope: metaData.scope ?? null,
      system: metaData.system ?? null,
      language: metaData.language ?? null,
      purpose: metaData.purpose ?? null,
      outcome: content?.callOutcome?.name ?? null,
      workspaceId: metaData.workspaceId ?? null,
      hostUserId: metaData.primaryUserId ?? null,
      isPrivate: metaData.isPrivate ?? false,
      brief: content?.brief ?? null,
      words: [...spoken.values()].reduce((sum, words) => sum + words, 0),
      detailsHash,
      transcriptHash,
    },
    parties: peopleOf(call, noNames).map(({ party, name }, position) => ({
      ...at,
      position,
      name,
      email: party.emailAddress ?? null,
      jobTitle: party.title ?? null,
      affiliation: party.affiliation ?? null,
      userId: party.userId ?? null,
      attended: attended(party),
      // Who is named by no speaker is not the one whom Gong could not tell apart.
      wordsSpoken: party.speakerId ? (spoken.get(party.speakerId) ?? 0) : 0,
    })),
    topics: topicRows(at, content),
  };
}

/** One row a name, which Gong may give twice, of what came up. */
function topicRows(at: { account: string; callId: string }, content: Call["content"]): CallRows["topics"] {
  const rows = [
    ...(content?.topics ?? [])
      .filter(({ duration }) => cameUp(duration))
      .map(({ name, duration }) => ({
        ...at,
        kind: "topic",
        name,
        mentions: null,
        seconds: whole(duration),
      })),
    ...(content?.trackers ?? [])
      .filter(({ count }) => cameUp(count))
      .map(({ name, count }) => ({
        ...at,
        kind: "tracker",
        name,
        mentions: whole(count),
        seconds: null,
      })),
  ];
  return [...new Map(rows.map((row) => [JSON.stringify([row.kind, row.name]), row])).values()];
}

function wordsBySpeaker(transcript: NonNullable<CallItem["transcript"]>): Map<string, number> {
  const words = new Map<string, number>();
  for (const { speakerId, sentences } of transcript) {
    const count = sentences.reduce((sum, { text }) => sum + wordCount(text), 0);
    words.set(speakerId ?? "", (words.get(speakerId ?? "") ?? 0) + count);
  }
  return words;
}

/** Of a language that writes no spaces between words, the words that are found in it. */
function wordCount(text: string): number {
  return hasUnspacedScript(text) ? wordsOf(text).length : (text.match(/\S+/g)?.length ?? 0);
}

function whole(number: number | null | undefined): number | null {
  return typeof number === "number" && Number.isFinite(number) ? Math.round(number) : null;
}
