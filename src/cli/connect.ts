import type { Command } from "commander";
import type { CredentialInput } from "@/core/models/credential";
import { askMissing } from "./ask";
import { beginConsent, takesConsent } from "./connect-consent";
import type { Cli } from "./context";
import { folderPath } from "./folder-path";
import { fieldsFromStdin, fieldsFromVariables, optionPairs, withFields } from "./credential-fields";
import { withApp } from "./with-app";

interface ConnectOptions {
  account?: string;
  path?: string;
  include?: string[];
  exclude?: string[];
  option?: string[];
  baseUrl?: string;
  accessKey?: string;
  secretKey?: string;
  apiKey?: string;
  stdin?: boolean;
}

const help = `
Secrets are better not given as arguments, which other users of the machine can see. Each can come from
STONETURNER_ACCESS_KEY, STONETURNER_SECRET_KEY or STONETURNER_API_KEY, from standard input as lines of
name=value with --stdin, or is asked for when the command runs in a terminal.

Examples:
  stoneturner connect files --path ~/notes --exclude "drafts/**"
  stoneturner connect gong --stdin < gong-keys.txt
  stoneturner connect notion       # without a secret: prints the address where a person agrees`;

export function addConnect(program: Command, cli: Cli): void {
  program
    .command("connect")
    .description("connect an account of an integration, or change its settings")
    .argument("<integration>", "its name, e.g. files")
    .option("--account <label>", "what to call the account; made up when left out")
    .option("--path <dir>", "the folder, for Files")
    .option("--include <globs...>", "only these files, for Files")
    .option("--exclude <globs...>", "leave these files out, for Files")
    .option("--option <key=value...>", "a setting of the integration's own")
    .option("--base-url <url>", "where the account lives")
    .option("--access-key <key>", "see below for better ways to give a secret")
    .option("--secret-key <key>", "see below")
    .option("--api-key <key>", "see below")
    .option("--stdin", "read more fields from standard input, a line each: name=value")
    .addHelpText("after", help)
    .action((integration: string, options: ConnectOptions) => connect(cli, integration, options));
}

async function connect(cli: Cli, name: string, options: ConnectOptions): Promise<void> {
  const { account, baseUrl, accessKey, secretKey, apiKey } = options;
  const piped = options.stdin === true ? fieldsFromStdin(await Bun.stdin.text()) : {};
  await withApp(cli, async (app) => {
    const integration = app.registry.find(name);
    const start: CredentialInput = {
      integration: integration.config.integration,
      options: { ...settings(options), ...optionPairs(options.option ?? []) },
    };
    const { config } = integration;
    const known = withFields(start, config, { ...fieldsFromVariables(config, cli.variable), ...piped });
    // A second step, for an option that was not given must not hide what is known without it.
    const input = withFields(known, config, { account, baseUrl, accessKey, secretKey, apiKey });
    const complete = cli.canAsk ? await askMissing(config, input, cli.signal) : input;
    if (await takesConsent(app, integration, complete)) return beginConsent(cli, app, integration, complete);
    const saved = await app.credentials.save(integration, complete, cli.signal);
    const label = config.integration;
    await app.access.audit.record({
      actor: "command line",
      action: "credential.save",
      target: `${label}: ${saved.account}`,
      outcome: "ok",
    });
    cli.print(`Connected ${label} as ${saved.account}.`);
    cli.note(`Next: stoneturner sync ${label.includes(" ") ? `"${label}"` : label}`);
  });
}

/** The options that Files has names for on the command line. */
function settings({ path, include, exclude }: ConnectOptions): Record<string, string> {
  return {
    ...(path === undefined ? {} : { path: folderPath(path) }),
    ...(include === undefined ? {} : { include: include.join(",") }),
    ...(exclude === undefined ? {} : { exclude: exclude.join(",") }),
  };
}
