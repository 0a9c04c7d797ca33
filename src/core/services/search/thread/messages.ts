import type { LogFields } from "@/core/models/logger";
import type { SearchInput, SearchResponse } from "@/core/models/search";
import type { ErrorParts } from "./error-parts";

/** What the thread is started with. */
export interface ThreadData {
  databasePath: string;
  /** Names of the integrations, as they are written. */
  integrations: readonly string[];
}

/** What is sent to the thread. */
export type ToThread =
  | { kind: "search"; job: number; input: SearchInput }
  | { kind: "abort"; job: number }
  | { kind: "embedded"; job: number; vector: Float32Array }
  | { kind: "not embedded"; job: number; error: ErrorParts };

/** What it sends. */
export type FromThread =
  | { kind: "found"; job: number; response: SearchResponse }
  | { kind: "failed"; job: number; error: ErrorParts }
  /** Only the process itself has the keys and connections of models elsewhere. */
  | { kind: "embed"; job: number; model: string; text: string }
  | { kind: "log"; level: "debug" | "info" | "warn" | "error"; message: string; fields: LogFields };
