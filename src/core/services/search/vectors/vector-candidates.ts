import type { Embedder } from "@/core/services/index/embedder";
import type { Filter } from "../filters";

/** A passage near a query. */
export interface NearChunk {
  /** The chunk's number. */
  rowId: number;
  /** Its artifact's number in the search tables. */
  no: number;
  /** Cosine with the query, computed from the stored floats. */
  cosine: number;
}

/** An artifact near a query by the best of its key points, or of the questions it answers. */
export interface NearArtifact {
  no: number;
  cosine: number;
}

/** The kinds of short texts that stand for an artifact beside its passages. */
export const vectorKinds = ["keyPoints", "questions"] as const;
export type VectorKind = (typeof vectorKinds)[number];

/** What lies nearest to a query, each list with the nearest first. */
export interface Nearest {
  chunks: NearChunk[];
  keyPoints: NearArtifact[];
  questions: NearArtifact[];
}

/**
 * Nearest vectors under a filter: the one seam behind which an exact scan, a scan of sign bits, a graph index in a
 * process of its own or pgvector can stand. Whatever it is, the filter is exact and cosines are those of the floats.
 */
export interface VectorCandidates {
  /** At most `n` chunks, and `n` artifacts by each of the short `kinds`; without `kinds`, by both. */
  candidates(query: Float32Array, mask: Filter, n: number, kinds?: readonly VectorKind[]): Promise<Nearest>;
  /** Cosines of chunks that other legs found, by chunk number; chunks without a vector are left out. */
  cosines(query: Float32Array, rowIds: readonly number[]): Promise<Map<number, number>>;
}

/** The same where something is kept in memory, which has to keep up with what is written. */
export interface KeptVectors extends VectorCandidates {
  /** Takes in what is new, so that the next search need not. */
  catchUp(): Promise<void>;
  /** Upkeep between searches. */
  maintain(): Promise<void>;
  /** Lets go of what it holds; nothing is asked of it afterwards. */
  close?(): void;
}

/** What search needs for its vector legs: the vectors, and the model that made them. */
export interface VectorSearch {
  vectors: VectorCandidates;
  embedder: Embedder;
}

/** The same, where it may change from one search to the next, or be missing. */
export type VectorSource = VectorSearch | (() => Promise<VectorSearch | undefined>);
