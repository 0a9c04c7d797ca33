import type { SyncRun } from "@/core/models/sync";

/** What the guard against mass deletion held back: how many of how many items the source no longer lists. */
export interface Held {
  missing: number;
  of: number;
}

/** What a run's guard held back, if that is how it ended. */
export function heldDeletions(run: Pick<SyncRun, "state" | "error">): Held | undefined {
  if (run.state !== "failed") return undefined;
  const match = /no longer lists (\d+) of (\d+) items/.exec(run.error ?? "");
  return match === null ? undefined : { missing: Number(match[1]), of: Number(match[2]) };
}
