/** Lends integrations what they need to talk to their provider. */
import type { Config } from "@/core/config";
import type { Db } from "@/core/models/database";
import type { ProviderHttpOptions } from "@/core/models/http";
import type { IntegrationServices } from "@/core/models/integration";
import type { Logger } from "@/core/models/logger";
import { createHttpClient } from "./http/client";
import { createDailyBudget } from "./http/daily-budget";
import { createRequestLedger, type LedgerEntry, type RequestLedger } from "./http/ledger";
import { createRequestCounter } from "./http/request-counter";
import { createHttpShared } from "./http/shared";
import type { HttpClient, HttpShared } from "./http/types";

export interface ServicesFactory {
  /** For one account; without one, for checks before an account exists. */
  for: (integration: string, account?: string, log?: Logger) => IntegrationServices;
  /** The latest requests of an integration. */
  ledger: (integration: string) => RequestLedger;
}

/**
 * Makes what each account's code is lent. Clients of one account share pace, pauses and renewals across syncs and
 * checks, because they are made over the same `shared` parts.
 */
export function createIntegrationServices(deps: {
  db: Db;
  log: Logger;
  config?: Pick<Config, "integrationApiUrls" | "allowedPrivateHosts">;
  shared?: HttpShared;
  /** Told of every request to a provider. */
  onRequest?: ((integration: string, entry: LedgerEntry) => void) | undefined;
  /** Told whenever a provider asks to wait (longer), in milliseconds. */
  onPause?: ((integration: string, milliseconds: number) => void) | undefined;
}): ServicesFactory {
  const { db, log, config = { integrationApiUrls: {}, allowedPrivateHosts: [] } } = deps;
  const shared = deps.shared ?? createHttpShared();
  const ledgers = new Map<string, RequestLedger>();
  const ledger = (integration: string) => {
    const known =
      ledgers.get(integration) ??
      createRequestLedger(undefined, (entry) => deps.onRequest?.(integration, entry));
    ledgers.set(integration, known);
    return known;
  };
  return {
    ledger,
    for: (integration, account = "(being connected)", accountLog = log) => {
      const overrides = overridesOf(integration, config.integrationApiUrls);
      const allowedPrivateHosts = [
        ...config.allowedPrivateHosts,
        ...Object.values(overrides).map(hostWithPort),
      ];
      const http = (options: ProviderHttpOptions = {}): HttpClient => {
        const { requestsPerDay, sharedBy, ...others } = options;
        const credentialKey = `${integration} ${sharedBy ?? account}`;
        const counted = requestsPerDay !== undefined && {
          budget: createDailyBudget({
            requestsPerDay,
            counter: createRequestCounter(db, credentialKey),
            clock: shared.clock,
          }),
        };
        return createHttpClient({
          ...others,
          ...counted,
          credentialKey,
          log: accountLog,
          allowedPrivateHosts,
          ledger: ledger(integration),
          onPause: (milliseconds) => deps.onPause?.(integration, milliseconds),
          shared,
        });
      };
      const apiUrl = (fallback: string, part = "") => (overrides[part] ?? fallback).replace(/\/+$/, "");
      return { http, apiUrl, log: accountLog };
    },
  };
}

/** The operator's addresses for one integration, `Google Drive` being `google-drive`, by part; the whole one under "". */
function overridesOf(integration: string, urls: Readonly<Record<string, string>>): Record<string, string> {
  const name = integration.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  const own = Object.entries(urls).filter(([key]) => key === name || key.startsWith(`${name}.`));
  return Object.fromEntries(own.map(([key, url]) => [key.slice(name.length + 1), url]));
}

/** Whoever names an address allows its host, on exactly this port. */
function hostWithPort(address: string): string {
  const { hostname, port, protocol } = new URL(address);
  const standard = protocol === "https:" ? "443" : "80";
  return `${hostname}:${port === "" ? standard : port}`;
}
