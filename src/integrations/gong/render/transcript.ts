/** What was said, as turns: `[00:12:05] **Ana Silva** (internal): …`, under a heading for each topic. */
import { inlineText } from "@/lib/markdown-text";
import { type SpokenTurn, spokenTurns } from "@/lib/spoken-turns";
import type { Monologue } from "../models/models";
import { type Person, sideOf } from "./people";

/** Monologues of one speaker in a row become one turn. */
export function turnsOf(transcript: readonly Monologue[], people: readonly Person[]): SpokenTurn[] {
  const label = speakerLabels(people);
  return spokenTurns(
    transcript.flatMap(({ speakerId, topic, sentences }) => {
      const speaker = label(speakerId ?? "");
      return sentences.map(({ start, text }) => ({
        ...{ speaker, topic: topic ?? "", startMs: start ?? null, text },
      }));
    }),
  );
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
