import type { Command } from "commander";
import { type AccessToken, type Scope, scopes } from "@/core/models/access";
import { InputError } from "@/core/models/errors";
import type { App } from "@/core/services/app";
import type { Cli } from "./context";
import { columns, oneLine } from "./text";
import { withApp } from "./with-app";

interface CreateOptions {
  name: string;
  scope: Scope;
  expires?: string;
}

const help = `
Scopes: read (search and see), sync (and start syncs), admin (and everything else).
The token is printed once, alone on standard output; it cannot be shown again.

Examples:
  stoneturner token create --name "Ann's agent" --scope read --expires 90d
  stoneturner token list
  stoneturner token revoke 4f0c2a91d3be`;

export function addToken(program: Command, cli: Cli): void {
  const token = program
    .command("token")
    .description("API tokens, for agents and scripts")
    .addHelpText("after", help);
  token
    .command("create")
    .description("make a token and print it, once")
    .requiredOption("--name <name>", "what it is for")
    .requiredOption("--scope <scope>", scopes.join(", "), parseScope)
    .option("--expires <time>", "after which time it ends, e.g. 12h, 90d or 1y; default: never", expiry)
    .action((options: CreateOptions) => withApp(cli, (app) => create(cli, app, options)));
  token
    .command("list", { isDefault: true })
    .description("show what tokens there are")
    .option("--json", "print them as JSON")
    .action((options: { json?: boolean }) => withApp(cli, (app) => list(cli, app, options.json === true)));
  token
    .command("revoke")
    .description("end a token at once, for good")
    .argument("<id>", "as list shows it")
    .action((id: string) => withApp(cli, (app) => revoke(cli, app, id)));
}

function parseScope(text: string): Scope {
  const scope = scopes.find((name) => name === text);
  if (scope === undefined) throw new InputError(`--scope takes ${scopes.join(", ")}, not '${text}'.`);
  return scope;
}

const hours = { h: 1, d: 24, w: 168, y: 8_766 };

/** The end of a time that begins now, as ISO-8601. */
function expiry(text: string): string {
  const [, amount = "", unit = ""] = /^(\d{1,4})([hdwy])$/.exec(text) ?? [];
  const factor = Object.entries(hours).find(([name]) => name === unit)?.[1];
  if (factor === undefined || Number(amount) === 0) {
    throw new InputError(`--expires takes a number with h, d, w or y, such as 90d, not '${text}'.`);
  }
  return new Date(Date.now() + Number(amount) * factor * 3_600_000).toISOString();
}

async function create(cli: Cli, { access }: App, { name, scope, expires }: CreateOptions): Promise<void> {
  if (name.trim() === "" || name.length > 100) throw new InputError("--name takes 1 to 100 characters.");
  const wasGuarded = await access.isGuarded();
  const made = await access.tokens.create({ name, scope, expiresAt: expires });
  const target = `${made.name} (${made.id}, ${made.scope})`;
  await access.audit.record({ actor: "command line", action: "token.create", target, outcome: "ok" });
  cli.print(made.token);
  cli.note(`Token ${made.id}, scope ${made.scope}, ${endOf(made)}. It is not shown again.`);
  if (!wasGuarded) {
    cli.note("From now on the server asks for a token or a login. For the page: stoneturner password set");
  }
}

async function list(cli: Cli, { access }: App, json: boolean): Promise<void> {
  const tokens = await access.tokens.list();
  if (json) return cli.print(JSON.stringify(tokens, null, 2));
  if (tokens.length === 0) cli.note("There are no tokens.");
  const rows = tokens.map((token) => [
    token.id,
    token.scope,
    token.hint,
    endOf(token),
    token.lastUsedAt === null ? "never used" : `used ${token.lastUsedAt.slice(0, 16)}`,
    oneLine(token.name),
  ]);
  for (const line of columns(rows)) cli.print(line);
}

async function revoke(cli: Cli, { access }: App, id: string): Promise<void> {
  const { name } = await access.tokens.revoke(id);
  const target = `${name} (${id})`;
  await access.audit.record({ actor: "command line", action: "token.revoke", target, outcome: "ok" });
  cli.print(`Revoked ${oneLine(name)}.`);
  if (!(await access.isGuarded())) {
    cli.note("No password and no token is left: on this machine, no login is needed any more.");
  }
}

function endOf({ revokedAt, expiresAt }: AccessToken): string {
  if (revokedAt !== null) return `revoked ${revokedAt.slice(0, 10)}`;
  if (expiresAt === null) return "does not expire";
  return `${Date.parse(expiresAt) <= Date.now() ? "expired" : "expires"} ${expiresAt.slice(0, 10)}`;
}
