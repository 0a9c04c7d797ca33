import type { SyncRun } from "@/core/models/sync";

/** What the guard against mass deletion held back: how many of how many items the source no longer lists. */
export interface Held {
  missing: number;
  of: number;
  /** Whether the account was connected anew, so that the other one may be wanted as well. */
  reconnected?: boolean | undefined;
}

/** What a run's guard held back, if that is how it ended. */
export function heldDeletions(run: Pick<SyncRun, "cause">): Held | undefined {
  return run.cause?.kind === "mass-deletion" ? run.cause : undefined;
}
