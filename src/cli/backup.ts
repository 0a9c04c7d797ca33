import type { Command } from "commander";
import { existsSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { Config } from "@/core/config";
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

/** What the program has open must not be replaced, by whatever way the path leads there: `--force` or not. */
function refuseOwnFiles({ databasePath, secretsPath, home }: Config, target: string): void {
  const databases = [databasePath, secretsPath].flatMap((path) =>
    ["", "-wal", "-shm", "-journal"].map((end) => path + end),
  );
  const own = [...databases, join(home, "stoneturner.key"), join(home, "stoneturner.key.next")];
  if (!own.some((path) => placeOf(path) === placeOf(target))) return;
  const what =
    placeOf(target) === placeOf(databasePath)
      ? "the database itself"
      : `${basename(target)}, which is in use`;
  throw new InputError(`The copy cannot take the place of ${what}.`, [], { action: "Name another file." });
}

/** Where a file is or would be: its folder as it really is. A last link is replaced itself, not what it leads to. */
function placeOf(path: string): string {
  const folder = dirname(resolve(path));
  return join(existsSync(folder) ? realpathSync(folder) : folder, basename(path));
}

async function backup(cli: Cli, target: string, force: boolean): Promise<void> {
  const config = cli.config();
  const { databasePath } = config;
  if (!existsSync(databasePath)) {
    throw new NotFoundError(`There is no database at ${databasePath}.`, {
      action: "Set STONETURNER_HOME to the data folder.",
    });
  }
  refuseOwnFiles(config, target);
  if (existsSync(target) && statSync(target).isDirectory()) {
    throw new InputError(`${target} is a folder.`, [], { action: "Name a file in it." });
  }
  if (existsSync(target) && !force) {
    throw new InputError(`${target} exists already.`, [], { action: "Name another file, or pass --force." });
  }
  const database = openDatabase(databasePath);
  try {
    cli.print(`Wrote ${await backupDatabase(database, target, cli.signal)}`);
    cli.note("The secrets database and the key are not in it: keep copies of both in another place.");
  } finally {
    database.close();
  }
}
