import type { Command } from "commander";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { backupDatabase } from "@/core/db/backup";
import { openDatabase } from "@/core/db/open";
import { InputError, NotFoundError } from "@/core/models/errors";
import type { Cli } from "./context";

export function addBackup(program: Command, cli: Cli): void {
  program
    .command("backup")
    .description("write a consistent copy of the database, also while the server runs")
    .argument("<file>", "where the copy goes")
    .option("--force", "replace the file if it exists")
    .addHelpText(
      "after",
      "\nExample:\n  stoneturner backup ~/copies/monday.db\n\n" +
        "The copy holds neither the secrets database nor the key. Keep copies of both apart from it: without them,\n" +
        "sources are connected anew after a restore.",
    )
    .action((file: string, options: { force?: boolean }) =>
      backup(cli, resolve(file), options.force === true),
    );
}

async function backup(cli: Cli, target: string, force: boolean): Promise<void> {
  const { databasePath } = cli.config();
  if (!existsSync(databasePath)) {
    throw new NotFoundError(`There is no database at ${databasePath}.`, {
      action: "Set STONETURNER_HOME to the data folder.",
    });
  }
  if (target === resolve(databasePath)) {
    throw new InputError("The copy cannot take the place of the database itself.", [], {
      action: "Name another file.",
    });
  }
  if (existsSync(target) && !force) {
    throw new InputError(`${target} exists already.`, [], { action: "Name another file, or pass --force." });
  }
  const database = openDatabase(databasePath);
  try {
    cli.print(`Wrote ${await backupDatabase(database, target)}`);
    cli.note("The secrets database and the key are not in it: keep copies of both in another place.");
  } finally {
    database.close();
  }
}
