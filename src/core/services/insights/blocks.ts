import type { ArtifactKind } from "@/core/models/artifact";
import { ANALYSED_CHARACTERS, type InsightInput } from "./types";
import { withoutSignature } from "./closings";
import { factOf } from "./facts";
import { plainText } from "./plain";
import { type Turn, turnReader } from "./speakers";

/** A piece of the text with the part it plays. `text` is plain, without markdown. */
export interface Block {
  role: "heading" | "text" | "bullet" | "turn" | "cell" | "comment" | "fact";
  text: string;
  /** Who says it, for turns. */
  speaker?: string | undefined;
}

const bullet = /^\s{0,12}(?:[-*+•‣]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?/;
const comment = /^\s*(?:\/\/+|#+|--|;+|\/?\*+!?|"""|'''|<!--)\s?/;
const fence = /^\s{0,3}(?:```|~~~)/;
const MAX_BLOCKS = 20_000;

/** Cuts an artifact's markdown into blocks. Looks at the first 200,000 characters; code is left out but for comments. */
export function blocksOf(artifact: Pick<InsightInput, "kind" | "markdown">): Block[] {
  const lines = withoutFrontMatter(artifact.markdown.slice(0, ANALYSED_CHARACTERS)).split("\n");
  const reader = new BlockReader(artifact.kind, turnReader(artifact.kind, lines));
  for (const line of artifact.kind === "email" ? withoutSignature(lines) : lines) {
    reader.take(line);
    if (reader.blocks.length > MAX_BLOCKS) break;
  }
  reader.flush();
  return reader.blocks;
}

function withoutFrontMatter(markdown: string): string {
  if (!markdown.startsWith("---\n")) return markdown;
  const end = markdown.indexOf("\n---", 4);
  return end === -1 || end > 5_000 ? markdown : markdown.slice(end + 4);
}

class BlockReader {
  readonly blocks: Block[] = [];
  private pending: { role: Block["role"]; lines: string[]; speaker?: string | undefined } | undefined;
  private inFence = false;
  /** Until the text itself begins: facts about it stand there. */
  private inHead = true;
  /** Whose words come below: those after a line that only says who speaks, and in a conversation all up to the next. */
  private speaker: string | undefined;
  private readonly isTalk: boolean;

  constructor(
    private readonly kind: ArtifactKind,
    private readonly turnOf: (line: string) => Turn | undefined,
  ) {
    this.isTalk = kind === "conversation" || kind === "transcript";
  }

  take(line: string): void {
    if (fence.test(line)) {
      this.flush();
      this.inFence = !this.inFence;
    } else if (this.inFence) {
      if (this.kind === "code") this.takeCode(line);
    } else if (line.trim() === "") {
      this.flush();
    } else if (!this.takeTurn(line)) {
      this.takeProse(line);
    }
  }

  flush(): void {
    const pending = this.pending;
    this.pending = undefined;
    if (pending === undefined) return;
    const text = plainText(pending.lines.join("\n"));
    if (text !== "") this.blocks.push({ role: pending.role, text, speaker: pending.speaker });
    this.speaker = this.isTalk || text === "" ? pending.speaker : undefined;
  }

  private takeCode(line: string): void {
    const mark = comment.exec(line);
    if (mark === null) return this.flush();
    const text = line.slice(mark[0].length).trim();
    if (text === "" || text.startsWith("@")) return this.flush();
    this.append("comment", text);
  }

  private takeTurn(line: string): boolean {
    const turn = this.turnOf(line.trim());
    if (turn === undefined) return false;
    this.flush();
    this.inHead = false;
    this.pending = { role: "turn", lines: [turn.text], speaker: turn.speaker };
    return true;
  }

  private takeProse(raw: string): void {
    const quoted = raw.trimStart().startsWith(">");
    // What an e-mail quotes belongs to the mail before it.
    if (this.kind === "email" && quoted) return;
    const line = quoted ? raw.replace(/^[\s>]{1,20}/, "") : raw;
    if (this.inHead && this.takeFact(line)) return;
    const heading = headingOf(line);
    if (heading !== undefined) return this.takeWhole("heading", heading);
    if (/^\s{0,3}(?:=+|-+|\*{3,}|_{3,})\s*$/.test(line)) return this.takeRule(line);
    if (line.trimStart().startsWith("|")) return this.takeRow(line);
    const mark = bullet.exec(line);
    if (mark !== null) {
      this.flush();
      this.pending = { role: "bullet", lines: [line.slice(mark[0].length)], speaker: this.speaker };
      return;
    }
    this.append("text", line.trim());
  }

  /** A fact is a block of its own. The title does not end the head; anything else does. */
  private takeFact(line: string): boolean {
    const mark = bullet.exec(line);
    const fact = factOf(line.slice(mark?.[0].length ?? 0).trim(), this.isTalk && / {2}$/.test(line));
    if (fact !== undefined && headingOf(line) === undefined && !line.trimStart().startsWith("|")) {
      this.takeWhole("fact", fact);
      return true;
    }
    this.inHead = this.blocks.length === 0 && headingOf(line) !== undefined;
    return false;
  }

  private takeWhole(role: Block["role"], text: string): void {
    this.flush();
    this.pending = { role, lines: [text] };
    this.flush();
  }

  /** A line of dashes ends a paragraph, or makes a heading of the one line above it. */
  private takeRule(line: string): void {
    const above = this.pending;
    const underlined = above?.role === "text" && above.lines.length === 1 && /[=-]/.test(line);
    if (above !== undefined && underlined && (above.lines[0]?.length ?? 0) <= 120) above.role = "heading";
    this.flush();
  }

  private takeRow(line: string): void {
    this.flush();
    if (/^[\s|:-]+$/.test(line)) return;
    for (const cell of line.split("|").slice(0, 40)) {
      const text = plainText(cell);
      if (text !== "") this.blocks.push({ role: "cell", text });
    }
  }

  /** Joins wrapped lines to one paragraph, but keeps short lines that stand alone apart. */
  private append(role: Block["role"], text: string): void {
    const last = this.pending?.lines.at(-1);
    const stands = last !== undefined && (last.length < 60 || /[:：]$/.test(last));
    const startsNew = stands && /^[\p{Lu}\p{N}]/u.test(text);
    if (startsNew && this.pending?.role !== "turn") this.flush();
    if (this.pending === undefined && this.speaker !== undefined) {
      this.pending = { role: "turn", lines: [], speaker: this.speaker };
    }
    this.pending ??= { role, lines: [] };
    this.pending.lines.push(text);
  }
}

function headingOf(line: string): string | undefined {
  const atx = /^\s{0,3}#{1,6}\s+/.exec(line);
  if (atx !== null)
    return line
      .slice(atx[0].length)
      .trim()
      .replace(/\s#{1,10}$/, "");
  const bold = /^\s{0,3}(?:\*\*|__)([^*_\n]{1,100})(?:\*\*|__)\s*[:：]?\s*$/.exec(line);
  return bold?.[1];
}
