import type { SqlRow } from "@/core/models/database";
import type { WorkedOut } from "./work-out";

/** What is sent to the working thread. */
export interface WorkRequest {
  job: number;
  rows: readonly SqlRow[];
  /** Make vectors too. */
  embed: boolean;
}

/** What it answers, in the order of the rows. */
export interface WorkAnswer {
  job: number;
  done: (WorkedOut | undefined)[];
}
