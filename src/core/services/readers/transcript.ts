import { clockTime } from "@/lib/duration";
import type { ReaderResult, TextReader } from "./reader";

/** One caption: when it is said, by whom if known, and the words. */
interface Cue {
  /** Seconds from the start. */
  start: number;
  speaker: string | undefined;
  text: string;
}

const TIMES = /(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?\s*-->/;
/** `Ada Lovelace: …`, as meeting tools write it: at most four words, the first one capitalised. */
const NAMED = /^([\p{Lu}\p{Lo}][^\s:]*(?: [^\s:]+){0,3}):\s+(?=\S)/u;
/** One speaker's turn gets a new time mark after this many seconds. */
const LONGEST_TURN = 60;
/** The same without speakers, where only the pauses could tell turns. */
const LONGEST_BLOCK = 30;

/** Captions (`.vtt`, `.srt`) as a transcript: turns of one speaker merged, each with its time as `[00:01:05]`. */
export const readTranscript: TextReader = (_input, text): ReaderResult => {
  const cues = parseCues(text);
  const title = headerOf(text);
  if (cues.length === 0) return { title, markdown: bare(text), kind: "transcript", metadata: { cues: 0 } };
  const speakers = [...new Set(cues.map((cue) => cue.speaker).filter((name) => name !== undefined))];
  const last = cues.at(-1)?.start ?? 0;
  return {
    title,
    markdown: mergeTurns(cues).map(turnLine).join("\n\n"),
    kind: "transcript",
    metadata: { cues: cues.length, seconds: Math.round(last), speakers: speakers.slice(0, 100) },
  };
};

/** What a WebVTT file calls itself, `WEBVTT - Kick-off with Acme`, and not by which program it was made. */
function headerOf(text: string): string | undefined {
  const [, header = ""] = /^WEBVTT[ \t]+[-–—][ \t]*([^\n]{1,300})(?:\n|$)/.exec(text) ?? [];
  return /\b(?:generated|created|exported|made|transcribed) (?:by|with|at|on)\b/i.test(header)
    ? undefined
    : header;
}

function parseCues(text: string): Cue[] {
  const cues: Cue[] = [];
  for (const block of text.split(/\n[ \t]*\n/)) {
    const lines = block.split("\n");
    const at = lines.findIndex((line) => TIMES.test(line));
    if (at === -1) continue;
    const start = secondsOf(lines[at] ?? "");
    for (const { speaker, text } of voices(lines.slice(at + 1).join(" ")))
      cues.push({ start, speaker, text });
  }
  return cues;
}

/** Splits a caption at its `<v Name>` tags; without one, the name before a colon is the speaker. */
function voices(caption: string): { speaker: string | undefined; text: string }[] {
  const parts = caption.split(/<v(?:\.[^\s>]*)?\s+([^>]{1,100})>/);
  return parts.flatMap((part, index) => {
    if (index % 2 === 1) return [];
    const text = plain(part);
    if (text === "") return [];
    const tagged = index === 0 ? undefined : plain(parts[index - 1] ?? "");
    const named = tagged === undefined ? NAMED.exec(text) : null;
    return [{ speaker: tagged ?? named?.[1], text: named === null ? text : text.slice(named[0].length) }];
  });
}

function plain(text: string): string {
  return text
    .replaceAll(/<\/?[a-z0-9][^<>]{0,200}>/gi, "")
    .replaceAll(/\{\\[^{}]{0,50}\}/g, "")
    .replaceAll("&nbsp;", " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .replaceAll(/\s+/g, " ")
    .trim();
}

function mergeTurns(cues: readonly Cue[]): Cue[] {
  const turns: Cue[] = [];
  for (const cue of cues) {
    const turn = turns.at(-1);
    const longest = cue.speaker === undefined ? LONGEST_BLOCK : LONGEST_TURN;
    if (turn === undefined || turn.speaker !== cue.speaker || cue.start - turn.start > longest) {
      turns.push({ ...cue });
    } else if (!turn.text.endsWith(cue.text)) {
      // Live captions repeat the line before.
      turn.text += ` ${cue.text}`;
    }
  }
  return turns;
}

function turnLine(turn: Cue): string {
  return `[${clockTime(turn.start)}] ${turn.speaker === undefined ? "" : `**${turn.speaker}:** `}${turn.text}`;
}

function secondsOf(line: string): number {
  const [, hours = "0", minutes = "0", seconds = "0", part = "0"] = TIMES.exec(line) ?? [];
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) + Number(`0.${part}`);
}

/** The words of a file without a single right time: counters and broken times go, the words stay. */
function bare(text: string): string {
  return text
    .split("\n")
    .filter((line) => !/^\s*\d+\s*$/.test(line) && !line.includes("-->") && !line.startsWith("WEBVTT"))
    .map(plain)
    .filter((line) => line !== "")
    .join("\n");
}
