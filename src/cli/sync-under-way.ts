/** A sync that is asked for while one of its account is under way becomes that one, which may read less than was wanted. */
import { findRun } from "@/core/db/queries/runs";
import type { SyncRun } from "@/core/models/sync";
import type { App, StartedRun } from "@/core/services/app";
import type { SyncRequest } from "./sync-server";
import { count, oneLine } from "./text";

/** What was asked for, and the runs that came of it. */
export interface Begun {
  request: SyncRequest;
  runs: readonly StartedRun[];
}

/** What is still to be asked for once `ended` have ended: where a sync was under way that read less. */
export function askedForMore(begun: readonly Begun[], ended: readonly SyncRun[]): SyncRequest[] {
  return begun.flatMap(({ request, runs }) =>
    runs
      .filter(({ runId, alreadyRunning }) => alreadyRunning && isLess(modeOf(ended, runId), request))
      .map(({ account }) => ({ ...request, account })),
  );
}

/** What the server has begun, as lines for a person who does not wait for it. */
export async function startedLines({ db }: Pick<App, "db">, begun: readonly Begun[]): Promise<string[]> {
  const ids = begun.flatMap(({ runs }) =>
    runs.filter((run) => !run.alreadyRunning).map(({ runId }) => runId),
  );
  const lines =
    ids.length === 0 ? [] : [`The server has started ${count(ids.length, "sync")}: ${ids.join(", ")}`];
  for (const { request, runs } of begun) {
    for (const { runId, account, alreadyRunning } of runs) {
      if (!alreadyRunning) continue;
      const what = `${request.integration} ${oneLine(account)}: a sync is under way already (${runId}).`;
      const less = isLess((await findRun(db, runId))?.mode, request);
      lines.push(
        less ? `${what} It does less than was asked for: ask again once it has ended, or with --wait.` : what,
      );
    }
  }
  return lines;
}

/** Whether a run in this mode, which somebody else began, is less than the request: whether it removes is theirs to say. */
function isLess(mode: SyncRun["mode"] | undefined, request: SyncRequest): boolean {
  return request.confirmDeletions || (request.mode === "full" && mode !== "full");
}

const modeOf = (runs: readonly SyncRun[], id: string) => runs.find((run) => run.id === id)?.mode;
