import type { SearchRequest } from "@/core/models/search";
import { messageOf } from "@/core/models/errors";
import { checked } from "@/core/services/index/vector-texts";
import type { Filter } from "../filters";
import type { Weights } from "../weights";
import { vectorKinds, type Nearest, type VectorCandidates, type VectorSource } from "./vector-candidates";

/** Raw cosines of one query: by chunk number, and by artifact number. */
export interface Cosines {
  chunks: ReadonlyMap<number, number>;
  keyPoints: ReadonlyMap<number, number>;
  questions: ReadonlyMap<number, number>;
}

/** Where nothing was found, or is not known yet. */
export const noCosines: Cosines = { chunks: new Map(), keyPoints: new Map(), questions: new Map() };

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

/** What is looked for by vectors while the words are. */
export interface Looking {
  /**
   * What lies near the query; undefined where vectors are not searched: none are there, or none of their legs counts. A
   * model that does not answer costs the vectors, never the search: what happened comes back as a note.
   */
  found: Promise<{ near?: Near; note?: string }>;
  /** Cosines of chunks that words found, asked for before it is known what lies near. */
  cosines: (rowIds: readonly number[]) => Promise<ReadonlyMap<number, number>>;
}

/** Starts to look for what lies near the query. */
export function lookNear(
  source: VectorSource | undefined,
  weights: Weights,
  request: Pick<SearchRequest, "query" | "limit">,
  filter: Filter,
  signal: AbortSignal | undefined,
): Looking {
  const asking = askVectors(source, weights, request.query, signal);
  const found = asking.then(async ({ asked, note }) => {
    if (asked === undefined) return note === undefined ? {} : { note };
    const n = Math.max(leastNearest, nearestAHit * request.limit);
    const kinds = vectorKinds.filter((kind) => weights.legs[legOf[kind]] !== 0);
    const nearest = await inTime(asked.vectors.candidates(asked.query, filter, n, kinds));
    if (nearest === undefined) return { note: "Found by words alone: vectors are still being read." };
    return { near: { ...asked, nearest: nearEnough(nearest) } };
  });
  // Whoever waits for it meets the error; where the words fail first, nobody does.
  found.catch(() => undefined);
  const cosines = async (rowIds: readonly number[]) => {
    const { asked } = await asking;
    return asked === undefined ? new Map<number, number>() : asked.vectors.cosines(asked.query, rowIds);
  };
  return { found, cosines };
}

/** The query's vector and those to compare it with; a note where it could not be had. */
async function askVectors(
  source: VectorSource | undefined,
  weights: Weights,
  query: string,
  signal: AbortSignal | undefined,
): Promise<{ asked?: Omit<Near, "nearest">; note?: string }> {
  if (source === undefined || vectorLegs.every((leg) => weights.legs[leg] === 0)) return {};
  const search = typeof source === "function" ? await source() : source;
  if (search === undefined) return {};
  const { vectors, embedder } = search;
  try {
    const [vector] = checked(await embedder.embed([query], "query", signal), 1, embedder);
    return vector === undefined ? {} : { asked: { query: vector, vectors } };
  } catch (error) {
    if (signal?.aborted === true) throw error;
    return { note: `Found by words alone: ${messageOf(error)}` };
  }
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

/** Cosines of everything that vectors found, of the chunks that words did, and of `others`. */
export async function cosinesOf(
  near: Near | undefined,
  ofWords: Promise<ReadonlyMap<number, number>>,
  others: readonly number[],
): Promise<Cosines> {
  if (near === undefined) return noCosines;
  const { chunks, keyPoints, questions } = near.nearest;
  const known = new Map(chunks.map(({ rowId, cosine }) => [rowId, cosine]));
  const unknown = others.filter((rowId) => !known.has(rowId));
  const asked = unknown.length === 0 ? [] : await near.vectors.cosines(near.query, unknown);
  for (const [rowId, cosine] of [...(await ofWords), ...asked]) known.set(rowId, cosine);
  return { chunks: known, keyPoints: byArtifact(keyPoints), questions: byArtifact(questions) };
}

function byArtifact(list: Nearest["keyPoints"]): Map<number, number> {
  return new Map(list.map(({ no, cosine }) => [no, cosine]));
}
