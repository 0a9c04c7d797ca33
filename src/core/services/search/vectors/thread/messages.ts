import type { Filter } from "../../filters";
import type { ErrorParts } from "../../thread/error-parts";
import type { LogEvent } from "../../thread/sent-log";
import type { Model } from "../kind-bits";
import type { Nearest, VectorKind } from "../vector-candidates";

/** What the thread is started with. */
export interface VectorThreadData {
  databasePath: string;
  /** File in which bits are kept between processes. */
  path: string | undefined;
  model: Model;
}

/** What is sent to the thread: the calls of `KeptVectors`. */
export type VectorCall =
  | { call: "candidates"; query: Float32Array; mask: Filter; n: number; kinds: readonly VectorKind[] }
  | { call: "cosines"; query: Float32Array; rowIds: readonly number[] }
  | { call: "catchUp" | "maintain" };

export interface VectorRequest {
  job: number;
  call: VectorCall;
}

/** What a call gave. */
export type VectorAnswer = Nearest | Map<number, number> | undefined;

/** What it sends. */
export type FromVectorThread =
  | { kind: "done"; job: number; answer: VectorAnswer }
  | { kind: "failed"; job: number; error: ErrorParts }
  | LogEvent;
