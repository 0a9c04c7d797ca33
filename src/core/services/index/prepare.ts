import { analyse, stemLine } from "./analyse";
import { chunkMarkdown, type Chunk } from "./chunk";
import type { Embedder } from "./embedder";
import { fold } from "./fold";
import { sequencePlace, type SequencePlace } from "./sequence";
import { analyseChunk, packTerms } from "./terms";
import type { WaitingArtifact } from "./waiting";

/** One chunk with everything the index stores of it. */
export interface PreparedChunk extends Chunk {
  lines: { title: string; heading: string; body: string };
  stems: Uint8Array;
  exact: Uint8Array;
  words: number;
  vector: Float32Array;
}

/** Everything the index stores of one artifact, worked out before the transaction that writes it. */
export interface PreparedArtifact {
  artifact: WaitingArtifact;
  chunks: PreparedChunk[];
  words: number;
  fields: { title: string; keyPoints: string; questions: string; entities: string; author: string };
  entities: { entity: string; name: string }[];
  date: string | null;
  place: SequencePlace | undefined;
  keyPointVectors: Float32Array[];
  questionVectors: Float32Array[];
}

/** Chunks analysed in one go before other work gets its turn. */
const chunksAtATime = 40;

/** Chunks, analyses and embeds one artifact. Long artifacts give way to other work in between. */
export async function prepareArtifact(
  artifact: WaitingArtifact,
  embedder: Embedder,
  signal?: AbortSignal,
): Promise<PreparedArtifact> {
  const chunks = chunkMarkdown(artifact.markdown);
  const vectors = await embedAll(
    embedder,
    chunks.map((chunk) => chunk.text),
    signal,
  );
  const title = analyse(artifact.title);
  const titleLine = stemLine(title);
  const prepared: PreparedChunk[] = [];
  for (const chunk of chunks) {
    if (prepared.length % chunksAtATime === chunksAtATime - 1) await Bun.sleep(0);
    const analysed = analyseChunk(title, chunk.heading, chunk.text);
    prepared.push({
      ...chunk,
      lines: { title: titleLine, heading: stemLine(analysed.heading), body: stemLine(analysed.body) },
      stems: packTerms(analysed, "stem"),
      exact: packTerms(analysed, "exact"),
      words: analysed.title.length + analysed.heading.length + analysed.body.length,
      vector: vectors[prepared.length] ?? new Float32Array(embedder.dimensions),
    });
  }
  return {
    artifact,
    chunks: prepared,
    words: prepared.reduce((sum, chunk) => sum + chunk.words, 0),
    fields: fieldLines(artifact, titleLine),
    entities: foldedEntities(artifact.entities),
    date: normalDate(artifact.artifactDate),
    place: sequencePlace(artifact.integrationArtifactId),
    keyPointVectors: await embedAll(embedder, artifact.keyPoints, signal),
    questionVectors: await embedAll(embedder, artifact.questionsAnswered, signal),
  };
}

/** Entity names as filters compare them: folded words joined by single spaces. */
export function foldEntity(name: string): string {
  return fold(name.trim().replaceAll(/\s+/g, " "));
}

async function embedAll(
  embedder: Embedder,
  texts: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Float32Array[]> {
  const vectors: Float32Array[] = [];
  for (let from = 0; from < texts.length; from += chunksAtATime) {
    if (from > 0) await Bun.sleep(0);
    vectors.push(...(await embedder.embed(texts.slice(from, from + chunksAtATime), signal)));
  }
  return vectors;
}

function fieldLines(artifact: WaitingArtifact, title: string): PreparedArtifact["fields"] {
  const line = (texts: readonly string[]) => stemLine(analyse(texts.join("\n")));
  return {
    title,
    keyPoints: line(artifact.keyPoints),
    questions: line(artifact.questionsAnswered),
    entities: line(artifact.entities),
    author: line([artifact.author ?? ""]),
  };
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
