import type { Command } from "commander";
import { CancelledError, NotFoundError } from "@/core/models/errors";
import type { SyncRun } from "@/core/models/sync";
import type { App } from "@/core/services/app";
import type { Cli } from "./context";
import { renewHere } from "./index-here";
import { runningServer } from "./server-file";
import { reportEnds, waitForRuns } from "./sync-wait";
import { askServer, type SyncRequest } from "./sync-server";
import { askedForMore, type Begun, startedLines } from "./sync-under-way";
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
  const asked = await askRunning(cli, app, requests);
  if (asked !== undefined && options.wait !== true) {
    for (const line of await startedLines(app, asked)) cli.print(line);
    return;
  }
  const ends = await untilDone(cli, app, asked ?? (await startHere(app, requests)));
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

/** Asks the server that runs on this data folder; undefined when none does. */
async function askRunning(
  cli: Cli,
  app: App,
  requests: readonly SyncRequest[],
): Promise<Begun[] | undefined> {
  const server = runningServer(app.config);
  const asking = { signal: cli.signal, token: cli.variable("STONETURNER_TOKEN") };
  return server === undefined ? undefined : askServer(server.url, requests, asking);
}

/** Waits for all of it: what was under way already and reads less than was asked for is followed by what was. */
async function untilDone(cli: Cli, app: App, first: readonly Begun[]): Promise<SyncRun[] | undefined> {
  const done: SyncRun[] = [];
  for (let begun = first; ;) {
    const ends = await waitForRuns(
      cli,
      app,
      begun.flatMap(({ runs }) => runs.map(({ runId }) => runId)),
    );
    if (ends === undefined) return undefined;
    const more = askedForMore(begun, ends);
    const isOver = (run: SyncRun) =>
      !more.some(({ integration, account }) => run.integration === integration && run.account === account);
    done.push(...ends.filter(isOver));
    if (more.length === 0) return done;
    cli.note("A sync that was under way did less than was asked for; that begins now.");
    begun = (await askRunning(cli, app, more)) ?? (await startHere(app, more));
  }
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

async function startHere(app: App, requests: readonly SyncRequest[]): Promise<Begun[]> {
  const begun: Begun[] = [];
  for (const request of requests)
    begun.push({ request, runs: await app.runner.start({ ...request, trigger: "cli" }) });
  return begun;
}
