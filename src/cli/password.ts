import type { Command } from "commander";
import { InputError } from "@/core/models/errors";
import type { App } from "@/core/services/app";
import { ask } from "./ask";
import type { Cli } from "./context";
import { withApp } from "./with-app";

const help = `
The password is asked for at the terminal, or read from standard input as its first line; it is never an argument,
which other users of the machine could see. Setting or removing it ends every login; tokens go on.

Examples:
  stoneturner password set
  pass show stoneturner | stoneturner password set
  stoneturner password remove`;

export function addPassword(program: Command, cli: Cli): void {
  const password = program
    .command("password")
    .description("the owner's password for the web page")
    .addHelpText("after", help);
  password
    .command("set")
    .description("set or change it; from then on the server asks for a login")
    .action(() => withApp(cli, (app) => set(cli, app)));
  password
    .command("remove")
    .description("remove it")
    .action(() => withApp(cli, (app) => remove(cli, app)));
}

async function set(cli: Cli, { access }: App): Promise<void> {
  await access.password.set(cli.canAsk ? await askTwice(cli) : await firstLine());
  await access.audit.record({ actor: "command line", action: "password.set", outcome: "ok" });
  cli.print("The password is set. Every login has ended.");
}

async function askTwice(cli: Cli): Promise<string> {
  const password = await ask("New password", true, cli.signal);
  if ((await ask("Once more", true, cli.signal)) !== password) {
    throw new InputError("The two are not the same.", [], { action: "Nothing was changed; try again." });
  }
  return password;
}

async function firstLine(): Promise<string> {
  return (await Bun.stdin.text()).split(/\r?\n/)[0] ?? "";
}

async function remove(cli: Cli, { access }: App): Promise<void> {
  const removed = await access.password.remove();
  if (removed) await access.audit.record({ actor: "command line", action: "password.remove", outcome: "ok" });
  cli.print(removed ? "The password is removed. Every login has ended." : "There was no password.");
  const rest = (await access.isGuarded())
    ? "Tokens go on; nobody can log in on the page."
    : "No token is left either: on this machine, no login is needed any more.";
  cli.note(rest);
}
