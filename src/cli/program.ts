import { Command } from "commander";
import { addAudit } from "./audit";
import { addBackup } from "./backup";
import { addConnect } from "./connect";
import type { Cli } from "./context";
import { addDisconnect } from "./disconnect";
import { addDoctor } from "./doctor";
import { addKey } from "./key";
import { addMcp } from "./mcp";
import { addMigrate } from "./migrate";
import { addPassword } from "./password";
import { addPurge } from "./purge";
import { addRestore } from "./restore";
import { addSchedule } from "./schedule";
import { addSearch } from "./search";
import { addServe } from "./serve";
import { addStatus } from "./status";
import { addSync } from "./sync";
import { addToken } from "./token";

const after = `
Examples:
  stoneturner serve --folder ~/notes
  stoneturner search "what did we decide about prices?"

Environment:
  STONETURNER_HOME is the data folder, PORT the server's port; docs/configuration.md lists the rest.

Exit codes:
  0 ok, 1 failure, 2 wrong usage, 3 not found, 4 an account needs a reconnect, 130 interrupted`;

/** The whole command line. Throws instead of ending the process. */
export function createProgram(cli: Cli, version: string): Command {
  const program = new Command("stoneturner")
    .description("One sync-and-search layer between the tools a company works in and its AI agents.")
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => cli.print(text.trimEnd()),
      writeErr: (text) => cli.note(text.trimEnd()),
    })
    .showHelpAfterError("Run it with --help to see what it takes.")
    .addHelpText("after", after);
  for (const add of [
    addServe,
    addConnect,
    addDisconnect,
    addPurge,
    addSync,
    addSchedule,
    addSearch,
    addStatus,
    addMcp,
    addDoctor,
    addMigrate,
    addBackup,
    addRestore,
    addPassword,
    addToken,
    addAudit,
    addKey,
  ]) {
    add(program, cli);
  }
  return program;
}
