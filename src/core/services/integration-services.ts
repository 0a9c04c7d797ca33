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

interface Deps {
  db: Db;
  log: Logger;
  config?: Pick<Config, "integrationApiUrls" | "allowedPrivateHosts">;
  shared?: HttpShared;
  /** Told of every request to a provider. */
  onRequest?: ((integration: string, entry: LedgerEntry) => void) | undefined;
  /** Told whenever a provider asks to wait (longer), in milliseconds. */
  onPause?: ((integration: string, milliseconds: number) => void) | undefined;
}

/**
 * Makes what each account's code is lent. Clients of one account share pace, pauses and renewals across syncs and
 * checks, because they are made over the same `shared` parts.
 */
export function createIntegrationServices(deps: Deps): ServicesFactory {
  const { db, log, config = { integrationApiUrls: {}, allowedPrivateHosts: [] } } = deps;
  const shared = deps.shared ?? createHttpShared();
  const ledger = ledgers(deps.onRequest);
  return {
    ledger,
    for: (integration, account = "(being connected)", accountLog = log) => {
      const overrides = overridesOf(integration, config.integrationApiUrls);
      const given = {
        log: accountLog,
        allowedPrivateHosts: [...config.allowedPrivateHosts, ...Object.values(overrides).map(hostWithPort)],
        ledger: ledger(integration),
        onPause: (milliseconds: number) => deps.onPause?.(integration, milliseconds),
        shared,
      };
      const http = ({ requestsPerDay, sharedBy, ...options }: ProviderHttpOptions = {}): HttpClient => {
        const credentialKey = `${integration} ${sharedBy ?? account}`;
        const budget = requestsPerDay !== undefined && {
          budget: createDailyBudget({
            requestsPerDay,
            counter: createRequestCounter(db, credentialKey),
            clock: shared.clock,
          }),
        };
        return createHttpClient({ ...options, ...budget, ...given, credentialKey });
      };
      const apiUrl = (fallback: string, part = "") => (overrides[part] ?? fallback).replace(/\/+$/, "");
      return { http, apiUrl, log: accountLog };
    },
  };
}

/** One ledger for each integration, made when it is first asked for. */
function ledgers(onRequest: Deps["onRequest"]): ServicesFactory["ledger"] {
  const made = new Map<string, RequestLedger>();
  return (integration) => {
    const ledger =
      made.get(integration) ?? createRequestLedger(undefined, (entry) => onRequest?.(integration, entry));
    made.set(integration, ledger);
    return ledger;
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
