import type { Db } from "@/core/models/database";
import type { Logger } from "@/core/models/logger";

export interface ParseStepOptions {
  account?: string | undefined;
  log?: Logger | undefined;
  signal?: AbortSignal | undefined;
}

/** Gives key points, questions and entities to every live artifact whose content changed since it last had them. */
export function parseStep(
  _integration: string,
  _db: Db,
  _options: ParseStepOptions = {},
): Promise<{ parsed: number; failed: number }> {
  throw new Error("not built");
}
