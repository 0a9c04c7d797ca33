import type { SearchInput, SearchResponse } from "@/core/models/search";
import type { ErrorParts } from "./error-parts";
import type { LogEvent } from "./sent-log";

/** What the thread is started with. */
export interface WorkerStart {
  /** A database that it may begin to read before it is told to search it. */
  databasePath: string | undefined;
}

/** What the thread searches. */
export interface ThreadData {
  databasePath: string;
  /** Names of the integrations, as they are written. */
  integrations: readonly string[];
  /** Whether the process has a reranker to ask. */
  reranks: boolean;
}

/** What is sent to the thread: first what it searches, once the database has its tables. */
export type ToThread =
  | { kind: "open"; data: ThreadData }
  | { kind: "search"; job: number; input: SearchInput }
  | { kind: "abort"; job: number }
  | ProcessAnswer;

/** What became of what the thread asked the process to do. */
export type ProcessAnswer =
  | { kind: "embedded"; job: number; vector: Float32Array }
  | { kind: "reranked"; job: number; scores: number[] }
  /** What was asked to be embedded or reranked was not. */
  | { kind: "not done"; job: number; error: ErrorParts };

/** What it sends. */
export type FromThread =
  | { kind: "found"; job: number; response: SearchResponse }
  | { kind: "failed"; job: number; error: ErrorParts }
  /** Only the process itself has the keys and connections of models elsewhere. */
  | { kind: "embed"; job: number; model: string; text: string }
  | { kind: "rerank"; job: number; question: string; passages: readonly string[] }
  | LogEvent;
