/** `connect` for a source where a person has to agree: the address to open, not a stored account. */
import type { CredentialInput } from "@/core/models/credential";
import type { Integration } from "@/core/models/integration";
import { type OAuthStarted, oauthStartedSchema } from "@/core/models/oauth";
import type { App } from "@/core/services/app";
import type { Cli } from "./context";
import { runningServer } from "./server-file";
import { requestServer } from "./server-request";

/** Whether somebody has to agree at the source: it connects through OAuth, and this is no mere change of settings. */
export async function takesConsent(
  { credentials }: Pick<App, "credentials">,
  { config, oauth }: Integration,
  { account, apiKey = "", options = {} }: CredentialInput,
): Promise<boolean> {
  // A secret that was asked for and left empty is none.
  if (oauth === undefined || apiKey !== "") return false;
  const stored = await credentials.list(config.integration);
  const isStored = stored.some((entry) => account === undefined || entry.account === account);
  return !isStored || Object.keys(options).length === 0;
}

/**
 * Prints the address where a person agrees, alone on standard output.
 *
 * @throws InputError where no application at the provider is known.
 */
export async function beginConsent(
  cli: Cli,
  app: App,
  integration: Integration,
  { account, accessKey, secretKey, options }: CredentialInput,
): Promise<void> {
  const fields = { account, accessKey, secretKey, options };
  const server = runningServer(app.config);
  const asked = server === undefined ? undefined : await askServer(cli, server.url, integration, fields);
  const { connectUrl, redirectUri } = asked ?? (await beginHere(app, integration, fields));
  const { integration: label } = integration.config;
  cli.print(connectUrl);
  const when = asked === undefined ? "Start the server (stoneturner serve), then open" : "Open";
  cli.note(`${when} this address in a browser within ten minutes and agree at ${label}.`);
  cli.note(`The application there has to allow ${redirectUri}.`);
  cli.note("Then look at: stoneturner status");
}

type Fields = Pick<CredentialInput, "account" | "accessKey" | "secretKey" | "options">;

/** The running server knows its own public address, and the applications in its environment. */
function askServer(
  cli: Cli,
  url: string,
  { config }: Integration,
  body: Fields,
): Promise<OAuthStarted | undefined> {
  const path = `/api/oauth/${encodeURIComponent(config.integration)}/start`;
  const asking = { signal: cli.signal, token: cli.variable("STONETURNER_TOKEN") };
  const means = { scope: "admin", purpose: "connect accounts" } as const;
  return requestServer(url, { path, body, schema: oauthStartedSchema, ...means }, asking);
}

async function beginHere(app: App, integration: Integration, fields: Fields): Promise<OAuthStarted> {
  const begun = await app.oauth.start(integration, fields);
  await app.access.audit.record({
    actor: "command line",
    action: "credential.oauth.start",
    target: integration.config.integration,
    outcome: "ok",
  });
  return begun;
}
