import type { BatchPart } from "./distil-batch";

/** What the thread is started with. */
export interface WorkThreadData {
  /** Of the `RightOfWay` that it lets pass. */
  rightOfWay: SharedArrayBuffer;
}

/** What is sent to a working thread. `pass` names one pass over a database, `job` one request. */
export type WorkRequest =
  | { what: "work out"; job: number; pass: number; path: string; numbers: readonly number[]; embed: boolean }
  /** Write the next part of the batch that was worked out as job `batch`: the turn to write is the thread's now. */
  | { what: "write"; job: number; batch: number }
  /** The pass is over: forget its batches and close its database. */
  | { what: "end"; job: number; pass: number };

/** What it answers once; `failed` when it could not do it. Only a "write" has a part. */
export interface WorkAnswer {
  job: number;
  failed: boolean;
  part?: BatchPart | undefined;
}
