/** What was said, as turns: `[00:12:05] **Ana Silva** (internal): …`, under a heading for each topic. */
import { clockTime } from "@/lib/duration";
import { inlineText } from "@/lib/markdown-text";
import type { Monologue } from "../models/models";
import { type Person, sideOf } from "./people";

/** A long monologue gets a new time mark after this many milliseconds. */
const LONGEST_TURN_MS = 60_000;
/** Characters of transcript that one artifact holds at most. */
const MOST_CHARACTERS = 2_000_000;

interface Turn {
  speaker: string;
  topic: string;
  startMs: number;
  words: string[];
}

/** Monologues of one speaker in a row become one turn, cut where the topic changes or the turn grows long. */
export function turnsOf(transcript: readonly Monologue[], people: readonly Person[]): Turn[] {
  const label = speakerLabels(people);
  const turns: Turn[] = [];
  for (const { speakerId, topic, sentences } of transcript) {
    const speaker = label(speakerId ?? "");
    for (const { start, text } of sentences) {
      if (text.trim() === "") continue;
      const startMs = start ?? turns.at(-1)?.startMs ?? 0;
      const turn = turns.at(-1);
      const goesOn =
        turn?.speaker === speaker &&
        turn.topic === (topic ?? "") &&
        startMs - turn.startMs <= LONGEST_TURN_MS;
      if (goesOn) turn.words.push(text);
      else turns.push({ speaker, topic: topic ?? "", startMs, words: [text] });
    }
  }
  return turns;
}

export function renderTranscript(turns: readonly Turn[]): string {
  const blocks: string[] = [];
  let topic = "";
  let size = 0;
  for (const turn of turns) {
    if (turn.topic !== topic && turn.topic.trim() !== "") blocks.push(`### ${inlineText(turn.topic)}`);
    topic = turn.topic;
    const block = `[${clockTime(turn.startMs / 1_000)}] ${turn.speaker}: ${inlineText(turn.words.join(" "))}`;
    size += block.length;
    if (size > MOST_CHARACTERS) {
      blocks.push(`> **Cut here.** The transcript is longer; its first ${blocks.length} parts are shown.`);
      break;
    }
    blocks.push(block);
  }
  return blocks.join("\n\n");
}

/** Labels by Gong's speaker id. Who spoke without being among the participants (dialled in, say) is numbered. */
function speakerLabels(people: readonly Person[]): (speakerId: string) => string {
  const labels = new Map<string, string>();
  for (const person of people) {
    const side = sideOf(person);
    const name = `**${inlineText(person.name)}**`;
    const label = side === "" ? name : `${name} (${inlineText(side)})`;
    if (person.party.speakerId) labels.set(person.party.speakerId, label);
  }
  let unknown = 0;
  return (speakerId) => {
    const known = labels.get(speakerId);
    if (known !== undefined) return known;
    const label = `**Unknown speaker ${++unknown}**`;
    labels.set(speakerId, label);
    return label;
  };
}
