/** What connecting through OAuth promises to handlers, the command line and MCP. */
import type { Credential } from "@/core/models/credential";
import type { HttpAuth } from "@/core/models/http";
import type { Integration } from "@/core/models/integration";
import type { OAuthFlow, OAuthStart, OAuthStarted } from "@/core/models/oauth";

/** The way to the provider, for one browser. */
export interface OAuthDeparture {
  id: string;
  authorizeUrl: string;
  /** For a cookie of this browser: who comes back without it is somebody else. */
  binding: string;
  expiresAt: string;
}

/** What a provider sends a browser back with. */
export interface OAuthReturn {
  state: string | undefined;
  code: string | undefined;
  error: string | undefined;
  errorDescription: string | undefined;
}

/** How a way back ended. */
export interface OAuthOutcome {
  /** Undefined when the state leads to nothing. */
  id?: string | undefined;
  state: OAuthFlow["state"];
  account?: string | undefined;
  message: string;
  /** A path of this server that the person wanted to go on to. */
  returnTo?: string | undefined;
}

export interface OAuthConnections {
  /** Where providers send people back to; made from the configured public URL alone. */
  redirectUri: (integration: string) => string;
  /** Whether a client id and secret are known already, so that the form may leave them out. */
  hasClient: (integration: string) => Promise<boolean>;
  /** @throws InputError for a form that is wrong, PermanentError for a source without OAuth. */
  start: (integration: Integration, request: OAuthStart) => Promise<OAuthStarted>;
  /** Takes the ticket of a connect URL, once. Undefined when it is unknown, used or too late. */
  depart: (integration: Integration, ticket: string) => Promise<OAuthDeparture | undefined>;
  /** Ends a way back. Never throws for what a person or a provider did: that is an outcome. */
  finish: (
    integration: Integration,
    answer: OAuthReturn,
    bindingOf: (flowId: string) => string | undefined,
    signal?: AbortSignal,
  ) => Promise<OAuthOutcome>;
  /** How a connection stands. @throws NotFoundError for an unknown id. */
  flow: (id: string) => Promise<OAuthFlow>;
  /** How an account's requests prove who they are; undefined for one that has no OAuth tokens. */
  authOf: (integration: Integration, credential: Credential) => HttpAuth | undefined;
  /** Takes back the permission at the provider, where it can be. Says in plain words what was not possible. */
  revoke: (integration: Integration, account: string, signal?: AbortSignal) => Promise<string | undefined>;
}
