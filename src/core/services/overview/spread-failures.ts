import type { SyncTask } from "@/core/models/sync";

/**
 * The newest failures of every account before the second ones of any, so that a sync in which each step failed leaves room
 * for what went wrong elsewhere.
 *
 * @param failures newest first
 * @returns at most `most` of them, newest first
 */
export function spreadFailures(failures: readonly SyncTask[], most: number): SyncTask[] {
  const accounts = Map.groupBy(failures, ({ integration, account }) =>
    JSON.stringify([integration, account]),
  );
  const rounds = [...accounts.values()].flatMap((own) => own.map((task, round) => ({ task, round })));
  const chosen = rounds.toSorted((a, b) => a.round - b.round).slice(0, most);
  const kept = new Set(chosen.map(({ task }) => task));
  return failures.filter((task) => kept.has(task));
}
