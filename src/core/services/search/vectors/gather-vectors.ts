import type { SearchRequest } from "@/core/models/search";
import { messageOf } from "@/core/models/errors";
import { checked } from "@/core/services/index/vector-texts";
import type { Filter } from "../filters";
import type { Weights } from "../weights";
import { vectorKinds, type Nearest, type VectorCandidates, type VectorSource } from "./vector-candidates";

/** Raw cosines of one query: by chunk number, and by artifact number. */
export interface Cosines {
  chunks: Map<number, number>;
  keyPoints: Map<number, number>;
  questions: Map<number, number>;
}

/** What lies near the query, and the means to compare the query with more. */
export interface Near {
  query: Float32Array;
  vectors: VectorCandidates;
  nearest: Nearest;
}

/** Chunks and artifacts looked for by vectors. */
const leastNearest = 50;
const nearestAHit = 5;
/** How long a search waits for vectors, in milliseconds, before it goes on without. */
const WAIT_MS = 1_000;
/** And then, for an answer that is there but could not be taken while the thread was busy with the words. */
const GRACE_MS = 20;
/** Cosine from which vectors alone find something. */
const leastCosine = 0.4;
/** Artifacts that only key points or questions found, whose first chunk becomes a candidate. */
const artifactsTaken = 20;

/** The leg that each kind of short texts scores in. */
const legOf = { keyPoints: "keyPointVector", questions: "questionVector" } as const;
const vectorLegs = ["vector", "keyPointVector", "questionVector"] as const;

/**
 * What lies near the query; undefined where vectors are not searched: none are there, or none of their legs counts. A
 * model that does not answer costs the vectors, never the search: what happened comes back as a note.
 */
export async function nearBy(
  source: VectorSource | undefined,
  weights: Weights,
  request: Pick<SearchRequest, "query" | "limit">,
  filter: Filter,
  signal: AbortSignal | undefined,
): Promise<{ near?: Near; note?: string }> {
  if (source === undefined || vectorLegs.every((leg) => weights.legs[leg] === 0)) return {};
  const search = typeof source === "function" ? await source() : source;
  if (search === undefined) return {};
  const { vectors, embedder } = search;
  let query: Float32Array | undefined;
  try {
    [query] = checked(await embedder.embed([request.query], "query", signal), 1, embedder);
  } catch (error) {
    if (signal?.aborted === true) throw error;
    return { note: `Found by words alone: ${messageOf(error)}` };
  }
  if (query === undefined) return {};
  const n = Math.max(leastNearest, nearestAHit * request.limit);
  const kinds = vectorKinds.filter((kind) => weights.legs[legOf[kind]] !== 0);
  const found = await inTime(vectors.candidates(query, filter, n, kinds));
  if (found === undefined) return { note: "Found by words alone: vectors are still being read." };
  return { near: { query, vectors, nearest: nearEnough(found) } };
}

/** Undefined where it takes too long: a first start without the file of bits reads every vector, which goes on. */
async function inTime(work: Promise<Nearest>): Promise<Nearest | undefined> {
  let timer: Timer | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      timer = setTimeout(() => resolve(undefined), GRACE_MS);
    }, WAIT_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    // Whoever comes next meets the same error; nobody waits for this one.
    work.catch(() => undefined);
  }
}

/** There is always a nearest: what shares no word with the query and little of its meaning does not answer it. */
function nearEnough({ chunks, keyPoints, questions }: Nearest): Nearest {
  const isNear = ({ cosine }: { cosine: number }) => cosine >= leastCosine;
  return {
    chunks: chunks.filter(isNear),
    keyPoints: keyPoints.filter(isNear),
    questions: questions.filter(isNear),
  };
}

/** Artifacts that vectors found by their short texts. */
export function artifactsOf(near: Near | undefined): number[] {
  if (near === undefined) return [];
  const { keyPoints, questions } = near.nearest;
  return [keyPoints, questions].flatMap((list) => list.slice(0, artifactsTaken).map(({ no }) => no));
}

/** Cosines of everything that vectors found, and of the chunks that other legs found. */
export async function cosinesOf(near: Near | undefined, rowIds: readonly number[]): Promise<Cosines> {
  if (near === undefined) return { chunks: new Map(), keyPoints: new Map(), questions: new Map() };
  const { chunks, keyPoints, questions } = near.nearest;
  const known = new Map(chunks.map(({ rowId, cosine }) => [rowId, cosine]));
  const others = rowIds.filter((rowId) => !known.has(rowId));
  for (const [rowId, cosine] of await near.vectors.cosines(near.query, others)) known.set(rowId, cosine);
  return { chunks: known, keyPoints: byArtifact(keyPoints), questions: byArtifact(questions) };
}

function byArtifact(list: Nearest["keyPoints"]): Map<number, number> {
  return new Map(list.map(({ no, cosine }) => [no, cosine]));
}
