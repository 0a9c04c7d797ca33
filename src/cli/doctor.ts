import type { Command } from "commander";
import type { Config } from "@/core/config";
import { settleFutureDates } from "@/core/db/queries/future-dates";
import { messageOf } from "@/core/models/errors";
import type { App } from "@/core/services/app";
import type { Cli } from "./context";
import { checkAccounts, checkDatabase } from "./doctor-database";
import type { Finding } from "./doctor-finding";
import { checkFiles } from "./doctor-files";
import { checkClock, checkDisks, checkPort, notYet } from "./doctor-host";
import { checkModels } from "./doctor-models";
import { checkProviders } from "./doctor-providers";
import { checkStored } from "./doctor-storage";
import { checkUpkeep } from "./doctor-upkeep";
import { explain } from "./exit";
import { exitCodes } from "./exit-codes";
import { count, harmless, styled } from "./text";
import { loadRoot, withApp } from "./with-app";

export function addDoctor(program: Command, cli: Cli): void {
  program
    .command("doctor")
    .description(
      "look for what is wrong with data folder, database, syncs and machine, and say how to mend it",
    )
    .option("--json", "print the findings as JSON")
    .option(
      "--settle-dates",
      "first bring back what a clock has dated later than now; only while it is right",
    )
    .addHelpText(
      "after",
      "\nExample:\n  stoneturner doctor\n\nChanges nothing, but with --settle-dates. Ends with 1 when something is wrong.",
    )
    .action((options: DoctorOptions) => doctor(cli, options));
}

interface DoctorOptions {
  json?: boolean;
  settleDates?: boolean;
}

async function doctor(cli: Cli, { json = false, settleDates = false }: DoctorOptions): Promise<void> {
  if (settleDates) await settle(cli);
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

async function settle(cli: Cli): Promise<void> {
  await withApp(cli, async ({ db }) => {
    const now = new Date();
    const { runs, artifacts } = await settleFutureDates(db, notYet(now), now);
    const settled = [count(runs, "sync"), count(artifacts, "artifact")].join(" and ");
    cli.note(`Dated later than ${now.toISOString()}, and brought back: ${settled}.`);
  });
}

async function examine(cli: Cli): Promise<Finding[]> {
  const config = cli.config();
  const findings = [
    ...(await looked("folder", () => checkFiles(config))),
    ...(await looked("disk", () => checkDisks(config))),
    ...(await looked("port", async () => [await checkPort(config)])),
  ];
  let isReady = false;
  const stored = await looked("database", async () => {
    const { findings: found, asTheyShouldBe } = await checkStored(config);
    isReady = asTheyShouldBe;
    return found;
  });
  findings.push(...stored);
  // Opening the program would make what is missing, and bring what is older up to date.
  return isReady ? [...findings, ...(await examineOpen(config))] : findings;
}

async function examineOpen(config: Config): Promise<Finding[]> {
  const { openApp } = await loadRoot();
  let app: App;
  try {
    app = await openApp({ config });
  } catch (error) {
    const message = `The program cannot open: ${explain(error) ?? messageOf(error)}`;
    return [{ check: "open", message, fix: "Mend what the message names." }];
  }
  try {
    return [
      ...(await looked("clock", async () => [await checkClock(app.db)])),
      { check: "secrets", message: "The key opens the secrets database." },
      ...(await looked("index", () => checkDatabase(app))),
      ...(await looked("search", () => checkUpkeep(app))),
      ...(await looked("models", () => checkModels(app))),
      ...(await looked("accounts", () => checkAccounts(app))),
      ...(await looked("providers", () => checkProviders(app))),
    ];
  } finally {
    await app.close();
  }
}

/** What a check finds; where it cannot be made, that is the finding, and the others are made all the same. */
async function looked(check: string, look: () => Finding[] | Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look();
  } catch (error) {
    const message = `This could not be looked at (${check}): ${explain(error) ?? messageOf(error)}`;
    return [{ check, message, fix: "Mend what the message names, and run this again." }];
  }
}
