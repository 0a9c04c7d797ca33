import type { Db } from "@/core/models/database";
import type { Logger } from "@/core/models/logger";
import type { Embedder } from "./index/embedder";

export interface IndexStepOptions {
  account?: string | undefined;
  embedder?: Embedder | undefined;
  log?: Logger | undefined;
  signal?: AbortSignal | undefined;
}

/** Indexes every artifact of the integration that waits for it (`indexedHash` null), and drops removed ones. */
export function indexVectorDbStep(
  _integration: string,
  _db: Db,
  _options: IndexStepOptions = {},
): Promise<{ indexed: number; removed: number; failed: number }> {
  throw new Error("not built");
}
