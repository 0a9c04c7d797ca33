import type { ArtifactKind } from "@/core/models/artifact";
import { stemLine, termsIn } from "./analyse";
import type { Breather } from "./breathe";
import { chunkMarkdown, type Chunk } from "./chunk";
import type { Embedder } from "./embedder";
import { fold } from "./fold";
import { sequencePlace, type SequencePlace, statedPlace } from "./sequence";
import { shapeOf } from "./shape";
import { analyseChunk, packTerms } from "./terms";
import { embedArtifacts, vectorTexts, type PreparedVectors } from "./vector-texts";
import type { WaitingArtifact } from "./waiting";

/** One chunk with everything the index stores of it. */
export interface PreparedChunk extends Chunk {
  lines: { title: string; heading: string; body: string };
  stems: Uint8Array;
  exact: Uint8Array;
  words: number;
}

/** Everything the index stores of one artifact, worked out before the transaction that writes it. */
export interface PreparedArtifact {
  artifact: WaitingArtifact;
  chunks: PreparedChunk[];
  words: number;
  /** The kind that ranking goes by. */
  shape: ArtifactKind;
  fields: { title: string; keyPoints: string; questions: string; entities: string; author: string };
  entities: { entity: string; name: string }[];
  date: string | null;
  place: SequencePlace | undefined;
  /** Undefined where vectors are made later. */
  vectors: PreparedVectors | undefined;
}

/**
 * Chunks and analyses one artifact, and embeds it when an embedder is given. Long artifacts give way to other work in
 * between.
 */
export async function prepareArtifact(
  artifact: WaitingArtifact,
  embedder: Embedder | undefined,
  breather: Breather,
  signal?: AbortSignal,
): Promise<PreparedArtifact> {
  await breather.breathe();
  const title = termsIn(artifact.title);
  const cut = chunkMarkdown(artifact.markdown);
  const chunks = cut.length === 0 && title.length > 0 ? [titleAlone] : cut;
  const titleLine = stemLine(title);
  const prepared: PreparedChunk[] = [];
  for (const chunk of chunks) {
    await breather.breathe();
    const analysed = analyseChunk(title, headingBelow(artifact.title, chunk.heading), chunk.text);
    prepared.push({
      ...chunk,
      lines: { title: titleLine, heading: stemLine(analysed.heading), body: stemLine(analysed.body) },
      stems: packTerms(analysed, "stem"),
      exact: packTerms(analysed, "exact"),
      words: analysed.title.length + analysed.heading.length + analysed.body.length,
    });
  }
  const words = prepared.reduce((sum, chunk) => sum + chunk.words, 0);
  return {
    artifact,
    chunks: prepared,
    words,
    shape: shapeOf(artifact.kind, artifact.markdown, words),
    fields: fieldLines(artifact, titleLine),
    entities: foldedEntities(artifact.entities),
    date: normalDate(artifact.artifactDate),
    place: statedPlace(artifact.sequence) ?? sequencePlace(artifact.integrationArtifactId),
    vectors:
      embedder === undefined
        ? undefined
        : (
            await embedArtifacts(embedder, [vectorTexts(artifact, chunks)], () => breather.breathe(), signal)
          )[0],
  };
}

/** What a scanned page or an empty document is found by: its title, which each passage is indexed with. */
const titleAlone: Chunk = { ordinal: 0, startLine: 1, endLine: 1, heading: null, text: "" };

/** Entity names as filters compare them: folded words joined by single spaces. */
export function foldEntity(name: string): string {
  return fold(name.trim().replaceAll(/\s+/g, " "));
}

/** A heading path without the title at its start: the title is counted by itself. */
function headingBelow(title: string, heading: string | null): string | null {
  if (heading === null || !heading.startsWith(title)) return heading;
  const rest = heading.slice(title.length).replace(/^ > /, "");
  return rest === "" ? null : rest;
}

function fieldLines(artifact: WaitingArtifact, title: string): PreparedArtifact["fields"] {
  return {
    title,
    keyPoints: lineOf(artifact.keyPoints),
    questions: lineOf(artifact.questionsAnswered),
    entities: lineOf(artifact.entities),
    author: lineOf([artifact.author ?? ""]),
  };
}

function lineOf(texts: readonly string[]): string {
  return stemLine(termsIn(texts.join("\n")));
}

function foldedEntities(names: readonly string[]): { entity: string; name: string }[] {
  const byFolded = new Map(names.map((name) => [foldEntity(name), name]));
  byFolded.delete("");
  return [...byFolded].map(([entity, name]) => ({ entity, name }));
}

/** The date in one comparable form, or null when it is none. */
function normalDate(date: string | null): string | null {
  const time = date === null ? Number.NaN : Date.parse(date);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
