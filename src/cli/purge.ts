import type { Command } from "commander";
import { CancelledError, InputError } from "@/core/models/errors";
import type { App } from "@/core/services/app";
import { listSources } from "@/core/services/sources";
import { ask } from "./ask";
import type { Cli } from "./context";
import { oneLine } from "./text";
import { withApp } from "./with-app";

interface PurgeOptions {
  account?: string;
  all?: boolean;
  yes?: boolean;
}

const help = `
Artifacts, their index, the integration's own tables and the history of syncs go; nothing changes at the source.
Accounts stay connected, and a full sync brings everything back. What is left of an account that was disconnected
goes the same way: 'stoneturner status' names it.

Examples:
  stoneturner purge gong
  stoneturner purge files --account ~/notes
  stoneturner purge slack --all --yes`;

export function addPurge(program: Command, cli: Cli): void {
  program
    .command("purge")
    .description("remove what was synced of an account, connected or not; credentials stay")
    .argument("<integration>", "its name, e.g. files")
    .option("--account <label>", "which account, as `status` shows it; needed where there are several")
    .option("--all", "all accounts of the integration")
    .option("--yes", "do not ask; needed where nobody can be asked")
    .addHelpText("after", help)
    .action((integration: string, options: PurgeOptions) =>
      withApp(cli, (app) => purge(cli, app, integration, options)),
    );
}

async function purge(cli: Cli, app: App, name: string, options: PurgeOptions): Promise<void> {
  const { account, all = false, yes = false } = options;
  if (account !== undefined && all) throw new InputError("Give --account or --all, not both.");
  const { integration } = app.registry.find(name).config;
  const [source] = await listSources(app, integration);
  const accounts = [...(source?.accounts ?? []), ...(source?.formerAccounts ?? [])].map((one) => one.account);
  if (account === undefined && !all && accounts.length > 1) {
    throw new InputError(`${integration} has ${accounts.length} accounts: ${accounts.join(", ")}.`, [], {
      action: "Name one with --account, or give --all.",
    });
  }
  const meant = account === undefined ? integration : `${integration}: ${account}`;
  if (!yes) await confirm(cli, integration, meant);
  await remove(cli, app, integration, account);
  await app.access.audit.record({ actor: "command line", action: "purge", target: meant, outcome: "ok" });
  cli.print(`Removed what was synced from ${oneLine(meant)}.`);
}

async function confirm(cli: Cli, integration: string, meant: string): Promise<void> {
  if (!cli.canAsk) {
    throw new InputError("Nobody can be asked here whether that is meant.", [], {
      action: "Nothing was removed; give --yes to go on without a question.",
    });
  }
  cli.note(`This removes what was synced from ${oneLine(meant)}.`);
  if ((await ask(`Type ${integration} to go on`, false, cli.signal)) === integration) return;
  throw new InputError("That was something else.", [], { action: "Nothing was removed." });
}

/** Ctrl-C stops between two steps; whoever opens the data folder next as a server finishes it. */
async function remove(cli: Cli, app: App, integration: string, account: string | undefined): Promise<void> {
  const stop = () => void app.runner.shutdown();
  cli.signal.addEventListener("abort", stop);
  try {
    await app.runner.purge(integration, account);
  } catch (error) {
    if (!cli.signal.aborted) throw error;
    throw new CancelledError("Stopped before all of it was removed.", {
      action: "Give the command again; a server that starts finishes it as well.",
    });
  } finally {
    cli.signal.removeEventListener("abort", stop);
  }
}
