/** The way back from a provider: whose it is, what it brings, and how it ends. */
import {
  AuthError,
  ConflictError,
  messageOf,
  RateLimitedError,
  StoneturnerError,
  TransientError,
} from "@/core/models/errors";
import type { OAuthClient } from "@/core/config";
import type { OAuthFlowRow } from "@/core/db/oauth-flows";
import type { Integration } from "@/core/models/integration";
import type { OAuthTokens } from "@/core/models/oauth";
import { hashOf, sameHash } from "@/core/services/access/secrets";
import { credentialId } from "@/core/services/credentials/credential-id";
import { cleanInput } from "@/core/services/credentials/fields";
import { plainLine } from "@/lib/clean-text";
import { redactText } from "@/lib/redact";
import { isoNow } from "@/lib/time";
import type { Connections, OAuthDeps } from "./connections";
import { clientIn, installedClient } from "./find-client";
import { type FlowSecrets, unsealFlow } from "./flow-secrets";
import { exchangeCode } from "./grants";
import type { OAuthOutcome, OAuthReturn } from "./types";

const LONGEST_LABEL = 500;

export interface Arrival {
  integration: Integration;
  answer: OAuthReturn;
  bindingOf: (flowId: string) => string | undefined;
  signal?: AbortSignal | undefined;
}

type Deps = OAuthDeps & { connections: Connections; now: () => number };

/** The one flow that `answer` belongs to, ended one way or the other. Its state is taken before anything else happens. */
export async function arrive(deps: Deps, arrival: Arrival): Promise<OAuthOutcome> {
  const { integration, answer, bindingOf } = arrival;
  const { secrets, keyring } = deps.credentials.vault;
  const row =
    answer.state === undefined
      ? undefined
      : await secrets.flows.takeState(hashOf(answer.state), isoNow(new Date(deps.now())));
  if (row === undefined) return { state: "failed", message: unknownState };
  const kept = unsealFlow(keyring, row.id, row.sealed);
  const result = await resultOf(deps, arrival, row, kept, bindingOf(row.id));
  const { state, account, message } = result;
  await secrets.flows.end(row.id, { state, account: account ?? null, message });
  deps.log[state === "succeeded" ? "info" : "warn"]("A connection through OAuth ended.", {
    integration: integration.config.integration,
    outcome: state,
    account,
    reason: message,
  });
  return { ...result, id: row.id, returnTo: kept?.returnTo };
}

const unknownState =
  "This way back leads to nothing: it was used already, has expired, or was not begun here. Start again.";

async function resultOf(
  deps: Deps,
  { integration, answer, signal }: Arrival,
  row: OAuthFlowRow,
  kept: FlowSecrets | undefined,
  binding: string | undefined,
): Promise<OAuthOutcome> {
  const { integration: name } = integration.config;
  const failed = (message: string): OAuthOutcome => ({ state: "failed", message });
  if (kept?.redirectUri === undefined) return failed("The key was exchanged meanwhile. Start again.");
  if (row.integration !== name) return failed("This way back belongs to another source. Start again.");
  if (binding === undefined || !sameHash(hashOf(binding), kept.bindingHash ?? "")) {
    return failed("This connection was begun in another browser. Start again, and stay in one browser.");
  }
  const explained = integration.oauth?.explain?.(`${answer.error ?? ""} ${answer.errorDescription ?? ""}`);
  if (answer.error === "access_denied" && explained === undefined) {
    return { state: "cancelled", message: `Nothing was connected: the permission was not given at ${name}.` };
  }
  if (answer.error !== undefined) return failed(refusalOf(name, answer, explained));
  if (answer.code === undefined) return failed(`${name} sent no code. Start again.`);
  try {
    const { redirectUri, verifier } = kept;
    const provider = await deps.connections.providerFor(integration, kept.input);
    const tokens = await exchangeCode(provider, { code: answer.code, redirectUri, verifier }, signal);
    const account = await keep(deps, integration, kept, tokens, signal);
    return { state: "succeeded", account, message: `${name} is connected as ${account}.` };
  } catch (error) {
    if (!(error instanceof StoneturnerError)) deps.log.error("An OAuth exchange failed.", { error });
    return failed(wordsOf(name, error));
  }
}

function refusalOf(
  name: string,
  { error, errorDescription }: OAuthReturn,
  explained = "Check the application's settings there, its redirect address and scopes, and start again.",
): string {
  const said = plainLine(redactText(`${errorDescription ?? ""} (${error ?? ""})`.trim()), 300);
  return `${name} refused: ${said}. ${explained}`;
}

function wordsOf(name: string, error: unknown): string {
  if (error instanceof AuthError) return `${name} did not take the code it gave. Start again.`;
  if (error instanceof TransientError || error instanceof RateLimitedError) {
    return `${name} cannot be reached or is busy: ${redactText(error.message)} Start again in a while.`;
  }
  if (error instanceof StoneturnerError) return redactText(messageOf(error));
  return "Something went wrong inside; the log has the details. Start again.";
}

/** Asks whose the tokens are, and stores them. Returns the account's label. */
async function keep(
  deps: Deps,
  integration: Integration,
  { input }: FlowSecrets,
  tokens: OAuthTokens,
  signal = new AbortController().signal,
): Promise<string> {
  const { integration: name } = integration.config;
  const services = deps.services.for(name, input.account);
  const auth = { headers: async () => ({ Authorization: `Bearer ${tokens.accessToken}` }) };
  const settings = { ...(await deps.connections.settingsOf(name, input.account)), ...input.options };
  const found = await integration.oauth?.account(tokens, { ...services, auth, signal, settings });
  const label = plainLine(found?.account ?? "", LONGEST_LABEL) || "default";
  const identity = found?.id ?? label;
  const account = await labelFor(deps, name, input.account, { label, identity });
  const stored = await storedPart(deps, name, account);
  const kept = await clientToKeep(deps, name, clientIn(input) ?? clientIn(stored));
  const known = await deps.connections.settingsOf(name, account);
  const options = { ...known, ...stored?.options, ...input.options, ...found?.options };
  await deps.credentials.saveGrant(integration, {
    account,
    identity,
    tokens,
    input: cleanInput({ integration: name, ...kept, options }),
    scopes: integration.oauth?.scopes ?? [],
  });
  return account;
}

/** An account keeps the application it was connected with, unless that is the installation's, which may be exchanged. */
async function clientToKeep(
  { config, connections }: Deps,
  name: string,
  own: OAuthClient | undefined,
): Promise<{ accessKey?: string; secretKey?: string }> {
  if (own === undefined && installedClient(config, name) !== undefined) return {};
  const client = own ?? (await connections.findClient(name, undefined));
  return client === undefined ? {} : { accessKey: client.id, secretKey: client.secret };
}

/**
 * The label to store a grant under: what the person asked for, else the provider's, told apart where another account has
 * it. @throws ConflictError when the label is that of somebody else at the provider.
 */
async function labelFor(
  deps: Deps,
  name: string,
  asked: string | undefined,
  { label, identity }: { label: string; identity: string },
): Promise<string> {
  const holderOf = async (account: string) => (await storedPart(deps, name, account))?.identity;
  if (asked === undefined) {
    const holder = await holderOf(label);
    return holder === undefined || holder === identity ? label : `${label} (${hashOf(identity).slice(0, 6)})`;
  }
  const holder = await holderOf(asked);
  if (holder === undefined || holder === identity) return asked;
  throw new ConflictError(
    `You gave access to '${label}', but the account '${asked}' is another one at ${name}.`,
    {
      action: "Connect it under another name, or agree as the account it was connected as.",
    },
  );
}

async function storedPart({ credentials }: Deps, name: string, account: string) {
  const record = await credentials.vault.records.read(credentialId(name, account));
  return record === undefined || record === "unreadable" ? undefined : record.part;
}
