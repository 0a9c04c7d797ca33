import type { Command } from "commander";
import { join } from "node:path";
import { migrate } from "@/core/db/migrate";
import { openDatabase } from "@/core/db/open";
import type { Cli } from "./context";
import { count } from "./text";

export function addMigrate(program: Command, cli: Cli): void {
  program
    .command("migrate")
    .description("bring the database to this program's schema, with a copy from before")
    .addHelpText("after", "\nExample:\n  stoneturner migrate\n\nEvery start does this too.")
    .action(async () => {
      const config = cli.config();
      const database = openDatabase(config.databasePath);
      try {
        const { applied, backup } = await migrate(database, join(config.projectRoot, "migrations"), {
          onCopy: (_target, bytes) => cli.print(`Copying the database first: ${Math.ceil(bytes / 1e6)} MB …`),
          onWait: () => cli.print("Another process holds the database. Waiting for it …"),
        });
        cli.print(applied === 0 ? "The database is up to date." : `Applied ${count(applied, "migration")}.`);
        if (backup !== undefined) cli.print(`The database as it was before: ${backup}`);
      } finally {
        database.close();
      }
    });
}
