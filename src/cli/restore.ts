import type { Command } from "commander";
import { join, resolve } from "node:path";
import { restoreDatabase } from "@/core/db/restore";
import { ConflictError, InputError } from "@/core/models/errors";
import { ensureIndex } from "@/core/services/index/index-schema";
import type { Cli } from "./context";
import { runningServer } from "./server-file";

export function addRestore(program: Command, cli: Cli): void {
  program
    .command("restore")
    .description("put a backup in the place of the database; what it replaces is kept")
    .argument("<file>", "a file that 'stoneturner backup' wrote")
    .addHelpText(
      "after",
      "\nExample:\n  stoneturner restore ~/copies/monday.db\n\n" +
        "Stop the server first. The secrets database and the key are not part of a backup and stay as they are:\n" +
        "accounts whose secrets are not there any more need a reconnect.",
    )
    .action((file: string) => restore(cli, resolve(file)));
}

async function restore(cli: Cli, source: string): Promise<void> {
  const config = cli.config();
  const server = runningServer(config);
  if (server !== undefined) {
    throw new ConflictError(`The server runs on this data folder (process ${server.pid}, ${server.url}).`, {
      action: "Stop it, then restore again. Nothing was changed.",
    });
  }
  const databasePath = resolve(config.databasePath);
  if (source === databasePath) {
    throw new InputError("The database cannot be restored from itself.", [], { action: "Name a backup." });
  }
  const migrationsFolder = join(config.projectRoot, "migrations");
  const kept = await restoreDatabase({ source, databasePath, migrationsFolder, derive: ensureIndex });
  cli.print(`Restored ${databasePath} from ${source}.`);
  if (kept !== undefined) cli.print(`What it replaces is kept: ${kept}`);
  cli.print("The secrets database and the key are not part of a backup; they are as they were.");
  cli.print("The next sync of each source reads what has changed since. Start with: stoneturner serve");
}
