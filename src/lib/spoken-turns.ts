/** What people said in a call or a recording, as turns with the time at which each begins. */
import { clockTime } from "./duration";
import { inlineText } from "./markdown-text";

/** A long turn gets a new time mark after this many milliseconds: whoever is sent to a place in it has to find it. */
const LONGEST_TURN_MS = 60_000;
/** Characters of a transcript that one artifact holds at most; about forty hours of talk. */
const MOST_CHARACTERS = 2_000_000;

/** A piece of what was said, such as a sentence. */
export interface Said {
  /** Who, as markdown. */
  speaker: string;
  /** What the talk was about then, as plain text; "" where nobody says. */
  topic: string;
  /** From the beginning; null where that is not known, which means that it follows the piece before. */
  startMs: number | null;
  text: string;
}

export interface SpokenTurn {
  speaker: string;
  topic: string;
  startMs: number;
  words: string[];
}

/** What one person says in a row becomes one turn, cut where the topic changes or the turn grows long. */
export function spokenTurns(pieces: Iterable<Said>): SpokenTurn[] {
  const turns: SpokenTurn[] = [];
  for (const { speaker, topic, startMs, text } of pieces) {
    if (text.trim() === "") continue;
    const last = turns.at(-1);
    const start = startMs ?? last?.startMs ?? 0;
    const goesOn =
      last?.speaker === speaker && last.topic === topic && start - last.startMs <= LONGEST_TURN_MS;
    if (goesOn) last.words.push(text);
    else turns.push({ speaker, topic, startMs: start, words: [text] });
  }
  return turns;
}

/** Turns as markdown, `[00:12:05] Ana: …`, under a heading for each topic; what is too long is cut, and says so. */
export function turnsMarkdown(turns: readonly SpokenTurn[]): string {
  const blocks: string[] = [];
  let topic = "";
  let size = 0;
  for (const [index, turn] of turns.entries()) {
    const block = `[${clockTime(turn.startMs / 1_000)}] ${turn.speaker}: ${inlineText(turn.words.join(" "))}`;
    size += block.length;
    if (size > MOST_CHARACTERS) {
      blocks.push(`> **Cut here.** The transcript is longer; its first ${index} parts are shown.`);
      break;
    }
    if (turn.topic !== topic && turn.topic.trim() !== "") blocks.push(`### ${inlineText(turn.topic)}`);
    topic = turn.topic;
    blocks.push(block);
  }
  return blocks.join("\n\n");
}
