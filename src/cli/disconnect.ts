import type { Command } from "commander";
import { InputError } from "@/core/models/errors";
import { disconnectAccounts } from "@/core/services/disconnect";
import type { Cli } from "./context";
import { withApp } from "./with-app";

interface DisconnectOptions {
  account?: string;
  all?: boolean;
}

const help = `
What was synced stays, and stays searchable; 'stoneturner purge' removes it. The credential is wiped, and permissions
are taken back at the source where it has a way.

Examples:
  stoneturner disconnect gong
  stoneturner disconnect files --account ~/notes`;

export function addDisconnect(program: Command, cli: Cli): void {
  program
    .command("disconnect")
    .description("forget an account's credential; what was synced stays")
    .argument("<integration>", "its name, e.g. files")
    .option("--account <label>", "which account, as `status` shows it; needed where there are several")
    .option("--all", "all accounts of the integration")
    .addHelpText("after", help)
    .action((integration: string, options: DisconnectOptions) => disconnect(cli, integration, options));
}

async function disconnect(cli: Cli, name: string, { account, all }: DisconnectOptions): Promise<void> {
  if (account !== undefined && all === true) throw new InputError("Give --account or --all, not both.");
  await withApp(cli, async (app) => {
    const integration = app.registry.find(name);
    const label = integration.config.integration;
    const accounts = (await app.credentials.list(label)).map((entry) => entry.account);
    if (account === undefined && all !== true && accounts.length > 1) {
      throw new InputError(`${label} has ${accounts.length} accounts: ${accounts.join(", ")}.`, [], {
        action: "Name one with --account, or give --all.",
      });
    }
    const { disconnected, notes } = await disconnectAccounts(app, integration, account);
    for (const one of disconnected) {
      const target = `${label}: ${one}`;
      await app.access.audit.record({
        actor: "command line",
        action: "credential.remove",
        target,
        outcome: "ok",
      });
      cli.print(`Disconnected ${label} ${one}. What was synced stays.`);
    }
    if (disconnected.length === 0) cli.print(`${label} has no connected account.`);
    for (const note of notes) cli.note(note);
  });
}
