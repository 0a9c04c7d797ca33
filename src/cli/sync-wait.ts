import { sleep } from "@/lib/retry";
import { findRun } from "@/core/db/queries/runs";
import { NotFoundError } from "@/core/models/errors";
import type { SyncRun } from "@/core/models/sync";
import type { App } from "@/core/services/app";
import type { Cli } from "./context";
import { exitCodes } from "./exit-codes";
import { runningServer } from "./server-file";
import { createProgress, describeEnd } from "./sync-progress";

const LOOK_EVERY_MS = 200;

/** Watches the runs' rows until all have ended, wherever they run. Undefined when the person has had enough. */
export async function waitForRuns(
  cli: Cli,
  app: Pick<App, "db" | "config">,
  runIds: readonly string[],
): Promise<SyncRun[] | undefined> {
  // A server takes interrupted syncs up again; without one nobody does.
  const goesOn = ({ state }: SyncRun) =>
    state === "queued" ||
    state === "running" ||
    (state === "interrupted" && runningServer(app.config) !== undefined);
  const progress = createProgress(cli);
  try {
    for (;;) {
      const runs = await Promise.all(runIds.map((id) => readRun(app, id)));
      if (!runs.some(goesOn)) return runs;
      progress.show(runs);
      await sleep(LOOK_EVERY_MS, cli.signal);
    }
  } catch (error) {
    if (cli.signal.aborted) return undefined;
    throw error;
  } finally {
    progress.end();
  }
}

/** Prints how each run ended, and sets the exit code when one did not succeed. */
export async function reportEnds(
  cli: Cli,
  app: Pick<App, "credentials">,
  runs: readonly SyncRun[],
): Promise<void> {
  for (const run of runs) cli.print(describeEnd(run));
  const unfinished = runs.filter((run) => run.state !== "succeeded");
  if (unfinished.length === 0) return;
  cli.setExitCode(exitCodes.failure);
  const accounts = await app.credentials.list();
  const locked = unfinished.some((run) =>
    accounts.some(
      (one) =>
        one.integration === run.integration &&
        one.account === run.account &&
        one.status === "needs_reconnect",
    ),
  );
  if (locked) cli.setExitCode(exitCodes.needsReconnect);
}

async function readRun(app: Pick<App, "db">, id: string): Promise<SyncRun> {
  const run = await findRun(app.db, id);
  if (run === undefined)
    throw new NotFoundError("The sync's row is gone: its integration was purged meanwhile.");
  return run;
}
