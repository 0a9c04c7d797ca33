import type { TextKind } from "@/core/services/index/embedder";
import type { ErrorParts } from "@/core/services/search/thread/error-parts";

/** What the thread is started with. */
export interface ModelThreadData {
  /** The folder with the model's files. */
  folder: string;
  /** Where a runtime may be installed beside the program's own packages. */
  modelsFolder: string;
}

/** What is sent to the thread. */
export type ToModelThread =
  | { kind: "embed"; job: number; texts: readonly string[]; as: TextKind }
  /** Each text's "vector" is one number: how well it answers the question. */
  | { kind: "score"; job: number; texts: readonly string[]; question: string }
  | { kind: "stop"; job: number };

/** What it sends: first that it is open, or why it cannot be. */
export type FromModelThread =
  | { kind: "open"; dimension: number; revision: string }
  | { kind: "not open"; error: ErrorParts }
  | { kind: "embedded"; job: number; vectors: Float32Array[] }
  | { kind: "failed"; job: number; error: ErrorParts };
