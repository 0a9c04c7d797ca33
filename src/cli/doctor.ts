import type { Command } from "commander";
import { existsSync } from "node:fs";
import { messageOf } from "@/core/models/errors";
import type { Cli } from "./context";
import { checkAccounts, checkDatabase } from "./doctor-database";
import type { Finding } from "./doctor-finding";
import { checkFiles } from "./doctor-files";
import { checkClock, checkDisk, checkPort } from "./doctor-host";
import { checkProviders } from "./doctor-providers";
import { checkUpkeep } from "./doctor-upkeep";
import { exitCodes } from "./exit-codes";
import { count, harmless, styled } from "./text";
import { loadRoot } from "./with-app";

export function addDoctor(program: Command, cli: Cli): void {
  program
    .command("doctor")
    .description(
      "look for what is wrong with data folder, database, syncs and machine, and say how to mend it",
    )
    .option("--json", "print the findings as JSON")
    .addHelpText(
      "after",
      "\nExample:\n  stoneturner doctor\n\nChanges nothing. Ends with 1 when something is wrong.",
    )
    .action((options: { json?: boolean }) => doctor(cli, options.json === true));
}

async function doctor(cli: Cli, json: boolean): Promise<void> {
  const findings = await examine(cli);
  const wrong = findings.filter((finding) => finding.fix !== undefined);
  if (wrong.length > 0) cli.setExitCode(exitCodes.failure);
  if (json) {
    cli.print(JSON.stringify({ ok: wrong.length === 0, findings }, null, 2));
    return;
  }
  for (const { fix, message } of findings) {
    const mark =
      fix === undefined ? styled(cli.colour, "green", "ok   ") : styled(cli.colour, "red", "wrong");
    cli.print(`${mark}  ${harmless(message)}`);
    if (fix !== undefined) cli.print(`       → ${harmless(fix)}`);
  }
  cli.print(wrong.length === 0 ? "Everything is well." : `${count(wrong.length, "thing")} to mend.`);
}

async function examine(cli: Cli): Promise<Finding[]> {
  const config = cli.config();
  // Files first: opening the program tightens some of their permissions by itself.
  const findings = [...checkFiles(config), await checkDisk(config.home), await checkPort(config)];
  if (!existsSync(config.databasePath)) {
    const message = `There is no database in ${config.home} yet; the first start makes it.`;
    return [...findings, { check: "database", message }];
  }
  const { openApp } = await loadRoot();
  let app;
  try {
    app = await openApp({ config });
  } catch (error) {
    const fix =
      "Mend what the message names; if the database is damaged, restore the newest file of the 'backups' folder: stoneturner restore FILE";
    return [...findings, { check: "open", message: `The program cannot open: ${messageOf(error)}`, fix }];
  }
  try {
    return [
      ...findings,
      await checkClock(app.db),
      { check: "secrets", message: "The key opens the secrets database." },
      ...(await checkDatabase(app)),
      ...(await checkUpkeep(app)),
      ...(await checkAccounts(app)),
      ...(await checkProviders(app)),
    ];
  } finally {
    await app.close();
  }
}
