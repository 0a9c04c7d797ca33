import type { Command } from "commander";
import { CancelledError, NotFoundError } from "@/core/models/errors";
import type { App } from "@/core/services/app";
import type { Cli } from "./context";
import { renewHere } from "./index-here";
import { runningServer } from "./server-file";
import { reportEnds, waitForRuns } from "./sync-wait";
import { askServer, type SyncRequest } from "./sync-server";
import { count } from "./text";
import { withApp } from "./with-app";

interface SyncOptions {
  full?: boolean;
  wait?: boolean;
  account?: string;
  confirmDeletions?: boolean;
}

const help = `
When a server runs on this data folder, it is asked to sync, and this command returns at once unless --wait is given.
When none runs, this command syncs by itself and always waits for the end.

Examples:
  stoneturner sync
  stoneturner sync files --full --wait`;

export function addSync(program: Command, cli: Cli): void {
  program
    .command("sync")
    .description("read what changed in one integration, or in all that are connected")
    .argument("[integration]", "only this one")
    .option("--full", "read everything, not only what changed")
    .option("--wait", "wait until the sync has ended, and say how")
    .option("--account <label>", "only this account of the integration")
    .option(
      "--confirm-deletions",
      "read everything, and remove what is gone, even when that is most of what was there",
    )
    .addHelpText("after", help)
    .action((integration: string | undefined, options: SyncOptions) =>
      withApp(cli, (app) => sync(cli, app, integration, options)),
    );
}

async function sync(
  cli: Cli,
  app: App,
  integration: string | undefined,
  options: SyncOptions,
): Promise<void> {
  const requests: SyncRequest[] = (await wanted(app, integration)).map((name) => ({
    integration: name,
    account: options.account,
    mode: options.full === true ? "full" : "incremental",
    confirmDeletions: options.confirmDeletions === true,
  }));
  const server = runningServer(app.config);
  const asking = { signal: cli.signal, token: cli.variable("STONETURNER_TOKEN") };
  const asked = server === undefined ? undefined : await askServer(server.url, requests, asking);
  if (asked !== undefined && options.wait !== true) {
    cli.print(`The server has started ${count(asked.length, "sync")}: ${asked.join(", ")}`);
    return;
  }
  const runIds = asked ?? (await startHere(app, requests));
  const ends = await waitForRuns(cli, app, runIds);
  if (ends === undefined) {
    const rest =
      asked === undefined
        ? "What was read is kept; the next sync goes on from there."
        : "The server goes on.";
    throw new CancelledError("Stopped waiting.", { action: rest });
  }
  if (asked === undefined) await renewHere(app, cli.note, cli.signal);
  await reportEnds(cli, app, ends);
}

/** The integrations to sync by their own names. */
async function wanted(app: App, integration: string | undefined): Promise<string[]> {
  if (integration !== undefined) return [app.registry.find(integration).config.integration];
  const connected = new Set((await app.credentials.list()).map((account) => account.integration));
  if (connected.size === 0) {
    throw new NotFoundError("Nothing is connected yet.", {
      action: "Begin with: stoneturner connect files --path DIR",
    });
  }
  return [...connected];
}

async function startHere(app: App, requests: readonly SyncRequest[]): Promise<string[]> {
  const runs: string[] = [];
  for (const request of requests) {
    const started = await app.runner.start({ ...request, trigger: "cli" });
    runs.push(...started.map((run) => run.runId));
  }
  return runs;
}
