/** Connecting accounts through OAuth: from the form to the provider and back, once, in one browser. */
import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Config, OAuthClient } from "@/core/config";
import type { CredentialInput } from "@/core/models/credential";
import { NotFoundError } from "@/core/models/errors";
import type { Integration } from "@/core/models/integration";
import type { OAuthFlow, OAuthSettings, OAuthStart, OAuthStarted } from "@/core/models/oauth";
import type { Logger } from "@/core/models/logger";
import { hashOf, randomSecret } from "@/core/services/access/secrets";
import type { CredentialStore } from "@/core/services/app";
import { checkInput } from "@/core/services/credentials/check";
import { credentialId } from "@/core/services/credentials/credential-id";
import { cleanInput } from "@/core/services/credentials/fields";
import type { Vault } from "@/core/services/credentials/store";
import type { ServicesFactory } from "@/core/services/integration-services";
import type { RefreshOutcome } from "@/core/services/metrics/outside-work";
import { DAY_MS, isoNow } from "@/lib/time";
import { authorizeUrl } from "./authorize-url";
import { arrive } from "./arrival";
import { clientIn, installedClient, missingClient } from "./find-client";
import { sealFlow, unsealFlow } from "./flow-secrets";
import { createProvider, definitionOf, type OAuthProvider } from "./provider";
import { Renewal, type RenewalDeps } from "./renewal";
import { revokeAccount } from "./revocation";
import type { OAuthConnections, OAuthDeparture } from "./types";

/** A person has so long from the form to the way back, in milliseconds. */
export const FLOW_MS = 600_000;
/** How long the outcome can be asked for afterwards. */
const KEPT_MS = DAY_MS;
const settingsSchema = z.record(z.string(), z.json());

export interface OAuthDeps {
  config: Pick<Config, "publicUrl" | "oauthClients">;
  log: Logger;
  services: ServicesFactory;
  credentials: CredentialStore & { vault: Vault };
  now?: () => number;
  failpoint?: RenewalDeps["failpoint"];
  /** Told how each renewal of a token ended. */
  onRefresh?: (integration: string, outcome: RefreshOutcome) => void;
}

/** Made once and handed to handlers, the runner and the command line. */
export function createOAuthConnections(deps: OAuthDeps): OAuthConnections {
  const connections = new Connections(deps);
  return {
    redirectUri: (name) => connections.redirectUri(name),
    hasClient: async (name) => (await connections.findClient(name, undefined)) !== undefined,
    start: (integration, request) => connections.start(integration, request),
    depart: (integration, ticket) => connections.depart(integration, ticket),
    finish: (integration, answer, bindingOf, signal) =>
      arrive(
        { ...deps, connections, now: () => connections.now() },
        { integration, answer, bindingOf, signal },
      ),
    flow: (id) => connections.flow(id),
    authOf: (integration, credential) => connections.authOf(integration, credential),
    revoke: (integration, account, signal) => connections.revoke(integration, account, signal),
  };
}

export class Connections {
  private readonly renewal: Renewal;

  constructor(private readonly deps: OAuthDeps) {
    const { credentials, log, now, failpoint } = deps;
    const { records, secrets } = credentials.vault;
    this.renewal = new Renewal({ records, leases: secrets.leases, log, failpoint, ...(now && { now }) });
  }

  now(): number {
    return this.deps.now?.() ?? Date.now();
  }

  redirectUri(name: string): string {
    return `${this.deps.config.publicUrl}/api/oauth/${encodeURIComponent(name.toLowerCase())}`;
  }

  async start(integration: Integration, request: OAuthStart): Promise<OAuthStarted> {
    const { integration: name } = integration.config;
    definitionOf(integration);
    const { returnTo, ...fields } = request;
    const input = cleanInput({ ...fields, integration: name });
    const client = await this.findClient(name, input);
    const redirectUri = this.redirectUri(name);
    if (client === undefined) throw missingClient(name, redirectUri);
    // What is known already need not be given again.
    checkInput(integration, { accessKey: client.id, secretKey: client.secret, ...input });
    const { secrets, keyring } = this.deps.credentials.vault;
    const [id, ticket] = [randomBytes(12).toString("hex"), randomSecret()];
    const now = this.now();
    const expiresAt = isoNow(new Date(now + FLOW_MS));
    await secrets.flows.clear(isoNow(new Date(now - KEPT_MS)));
    const sealed = sealFlow(keyring, id, { input, returnTo });
    const row = { id, integration: name, createdAt: isoNow(new Date(now)), expiresAt };
    await secrets.flows.add({ ...row, ticketHash: hashOf(ticket), sealed });
    const connectUrl = `${redirectUri}/open?ticket=${ticket}`;
    return { id, connectUrl, redirectUri, expiresAt };
  }

  async depart(integration: Integration, ticket: string): Promise<OAuthDeparture | undefined> {
    const { secrets, keyring } = this.deps.credentials.vault;
    const { integration: name } = integration.config;
    const row = await secrets.flows.takeTicket(hashOf(ticket), isoNow(new Date(this.now())));
    const kept = row === undefined ? undefined : unsealFlow(keyring, row.id, row.sealed);
    if (row === undefined || kept === undefined || row.integration !== name) return undefined;
    const provider = await this.providerFor(integration, kept.input);
    const [state, binding] = [randomSecret(), randomSecret()];
    const verifier = provider.definition.pkce ? randomSecret() : undefined;
    const redirectUri = this.redirectUri(name);
    const sealed = sealFlow(keyring, row.id, {
      ...kept,
      verifier,
      redirectUri,
      bindingHash: hashOf(binding),
    });
    await secrets.flows.open(row.id, { stateHash: hashOf(state), sealed });
    const url = authorizeUrl(provider, { state, redirectUri, verifier });
    return { id: row.id, authorizeUrl: url, binding, expiresAt: row.expiresAt };
  }

  async flow(id: string): Promise<OAuthFlow> {
    const row = await this.deps.credentials.vault.secrets.flows.find(id);
    if (row === undefined)
      throw new NotFoundError("There is no such connection under way; it may be long over.", {
        action: "Start it again.",
      });
    const { integration, account, expiresAt } = row;
    const isUnderWay = row.state === "waiting" || row.state === "opened";
    if (!isUnderWay || row.expiresAt > isoNow(new Date(this.now()))) {
      return { id, integration, state: row.state, account, message: row.message, expiresAt };
    }
    const message = "Nobody came back from the provider in time. Start again.";
    return { id, integration, state: "expired", account, message, expiresAt };
  }

  authOf: OAuthConnections["authOf"] = (integration, credential) => {
    if (integration.oauth === undefined || credential.accessToken === undefined) return undefined;
    const { credentials, log } = this.deps;
    const { integration: name, account } = credential;
    return this.renewal.authOf({
      id: credential.id,
      provider: () => this.providerOf(integration, account),
      onFailed: () => this.deps.onRefresh?.(name, "failed"),
      onEnded: (reason) => {
        this.deps.onRefresh?.(name, "refused");
        return credentials.setStatus(name, account, "needs_reconnect", reason);
      },
      onRenewed: async (expiresAt) => {
        this.deps.onRefresh?.(name, "ok");
        log.info("A token was renewed.", { integration: name, account, expiresAt });
        await credentials.noteExpiry(name, account, expiresAt ?? null);
      },
    });
  };

  async revoke(integration: Integration, account: string, signal?: AbortSignal): Promise<string | undefined> {
    if (integration.oauth === undefined) return undefined;
    const { records } = this.deps.credentials.vault;
    const record = await records.read(credentialId(integration.config.integration, account));
    if (record === undefined || record === "unreadable" || record.part.accessToken === undefined)
      return undefined;
    return revokeAccount(await this.providerOf(integration, account), record.part, signal);
  }

  /** The application that a form, an account, the environment or another account of the same integration names. */
  async findClient(name: string, input: CredentialInput | undefined): Promise<OAuthClient | undefined> {
    const given = clientIn(input) ?? (await this.clientOf(name, input?.account));
    const known = given ?? installedClient(this.deps.config, name);
    if (known !== undefined) return known;
    for (const { account } of await this.deps.credentials.list(name)) {
      const client = await this.clientOf(name, account);
      if (client !== undefined) return client;
    }
    return undefined;
  }

  async providerFor(integration: Integration, input: CredentialInput): Promise<OAuthProvider> {
    const { integration: name } = integration.config;
    const client = await this.findClient(name, input);
    if (client === undefined) throw missingClient(name, this.redirectUri(name));
    const settings = { ...(await this.settingsOf(name, input.account)), ...input.options };
    const services = this.deps.services.for(name, input.account);
    return createProvider(definitionOf(integration), services, client, settings);
  }

  /** What is stored of an account's settings; nothing of one that is not connected yet. */
  async settingsOf(name: string, account: string | undefined): Promise<OAuthSettings> {
    const row = (await this.deps.credentials.list(name)).find((entry) => entry.account === account);
    return settingsSchema.catch({}).parse(row?.options ?? {});
  }

  private providerOf(integration: Integration, account: string): Promise<OAuthProvider> {
    return this.providerFor(integration, { integration: integration.config.integration, account });
  }

  private async clientOf(name: string, account: string | undefined): Promise<OAuthClient | undefined> {
    if (account === undefined) return undefined;
    const record = await this.deps.credentials.vault.records.read(credentialId(name, account));
    return record === undefined || record === "unreadable" ? undefined : clientIn(record.part);
  }
}
