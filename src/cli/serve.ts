import type { Command } from "commander";
import type { Config } from "@/core/config";
import { InputError } from "@/core/models/errors";
import type { App } from "@/core/services/app";
import { checkInput } from "@/core/services/credentials/check";
import { startSearchWorker } from "@/core/services/search/thread/search-worker";
import type { Cli } from "./context";
import { folderPath } from "./folder-path";
import { freePort } from "./free-port";
import { announceServer } from "./server-file";
import { styled } from "./text";
import { loadRoot } from "./with-app";

/** Time to stop in. What is not saved by then is read again by the next sync. */
const STOP_WITHIN_MS = 9_000;

interface ServeOptions {
  folder?: string[];
  port?: string;
}

export function addServe(program: Command, cli: Cli): void {
  program
    .command("serve")
    .description("start the server: web page, HTTP API and MCP")
    .option("--folder <dir...>", "connect this folder and sync it at start; may be given more than once")
    .option("--port <number>", "port to listen on instead of PORT (9000)", parsePort)
    .addHelpText(
      "after",
      "\nExamples:\n  stoneturner serve\n  stoneturner serve --folder ~/notes --port 9100\n  npm start -- --folder ~/notes",
    )
    .action((options: ServeOptions) => serve(cli, options));
}

function parsePort(text: string): string {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return text;
  throw new InputError(`--port takes a port number, 0 to 65535, not '${text}'.`);
}

async function serve(cli: Cli, options: ServeOptions): Promise<void> {
  // From the first moment: who stops a server that is just starting gets it stopped in good order.
  const { signal } = cli;
  const config = await configFor(cli, options);
  // Beside the process's own program, which takes as long to load.
  const searchWorker = cli.searchWorker ?? startSearchWorker(config.databasePath);
  const { openApp, serveApp } = await loadRoot();
  const app = await openApp({ config, searchWorker });
  try {
    const accounts = await connectFolders(app, options.folder ?? [], signal);
    const server = await serveApp(app);
    const withdraw = announceServer(config, server.url);
    for (const account of accounts) {
      await app.runner.start({ integration: "Files", account, mode: "incremental", trigger: "start" });
    }
    for (const line of banner(cli, app, server.url, accounts)) cli.print(line);
    await untilStopped(signal);
    cli.note("Stopping: saving what is under way …");
    withdraw();
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    await server.stop();
  } finally {
    await app.close();
  }
}

/** With any free port, that is chosen here already: links and the addresses of consents are made from its number. */
async function configFor(cli: Cli, { port }: ServeOptions): Promise<Config> {
  const told = {
    LOG_LEVEL: cli.variable("LOG_LEVEL") ?? "info",
    ...(port === undefined ? {} : { PORT: port }),
  };
  const config = cli.config(told);
  return config.port === 0 ? cli.config({ ...told, PORT: String(await freePort(config.host)) }) : config;
}

/**
 * Connects each folder through the Files integration's own check. One that is connected already keeps the settings that
 * somebody chose for it: what was left out must not come in with the next start. Returns the accounts' labels.
 */
async function connectFolders(app: App, folders: readonly string[], signal: AbortSignal): Promise<string[]> {
  const integration = app.registry.find("Files");
  const accounts = new Set<string>();
  for (const folder of folders) {
    const input = { integration: "Files", options: { path: folderPath(folder) } };
    checkInput(integration, input);
    const checked = await integration.connect?.(input, signal, app.services.for("Files"));
    const path = checked?.credential.options?.["path"];
    const known = (await app.credentials.list("Files")).filter(({ options }) => options["path"] === path);
    for (const { account } of known) accounts.add(account);
    if (known.length > 0) continue;
    const { account } = await app.credentials.save(integration, input, signal);
    const target = `Files: ${account}`;
    await app.access.audit.record({
      actor: "command line",
      action: "credential.save",
      target,
      outcome: "ok",
    });
    accounts.add(account);
  }
  return [...accounts];
}

function banner(cli: Cli, app: App, url: string, folders: readonly string[]): string[] {
  const next =
    folders.length > 0
      ? `${folders.join(", ")} is being read; ask your first question on the web page or over MCP.`
      : "Open the web page and connect a source, or run: stoneturner connect files --path DIR";
  return [
    styled(cli.colour, "bold", "Stoneturner is running."),
    `  Web page     ${url}`,
    `  MCP          ${new URL("/mcp", url).href}`,
    `  Data folder  ${app.config.home}`,
    `  Next         ${next}`,
    "  Stop         Ctrl-C",
  ];
}

function untilStopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
