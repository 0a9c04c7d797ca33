/** How an integration connects through OAuth 2.0, and how a connection under way is told to people. */
import { z } from "zod";
import type { JsonValue } from "./artifact";
import type { HttpAuth } from "./http";
import type { IntegrationServices } from "./integration";

/** An account's settings by key: those of the form, and those that its provider gave. */
export type OAuthSettings = Readonly<Record<string, JsonValue>>;

/**
 * An address as it is, or made from what the operator configured (`services.apiUrl`) and the account's settings, where
 * people log in at an address of their company's own. A function checks what a person gave before it leads there.
 */
export type OAuthAddress = string | ((services: IntegrationServices, settings: OAuthSettings) => string);

/** What a provider gave for a code or a refresh token. Holds secrets. */
export interface OAuthTokens {
  accessToken: string;
  refreshToken: string | undefined;
  /** Undefined when the provider does not say. */
  expiresAt: Date | undefined;
  /** The whole answer, for what a provider adds (workspace name, base URL). */
  raw: Record<string, unknown>;
}

/** Whom a grant belongs to at the provider. */
export interface OAuthIdentity {
  /** Label of the account, taken when the person gave none. */
  account: string;
  /** What the provider knows the account by, where labels can be alike. Default: the label. */
  id?: string;
  /** Settings kept with the account, such as the provider's address of this customer, also when people change theirs. */
  options?: Record<string, JsonValue>;
}

/** What `account` is lent: services with which to ask the provider, and the new token's headers for them. */
export interface OAuthAccountServices extends IntegrationServices {
  auth: HttpAuth;
  settings: OAuthSettings;
  signal: AbortSignal;
}

/**
 * An integration's side of the authorization code flow (RFC 6749, PKCE by RFC 7636). The core does the rest: state,
 * redirect, exchange, storage, renewal, revocation. The application's client id and secret are the connect form's
 * `accessKey` and `secretKey`, or come from the environment for the whole installation.
 *
 * An operator may put each address elsewhere as part `authorize`, `token`, `refresh` or `revoke` of INTEGRATION_API_URLS.
 */
export interface OAuthDefinition {
  authorizeUrl: OAuthAddress;
  tokenUrl: OAuthAddress;
  /** Where tokens are renewed, for providers that have another address for it. Default: `tokenUrl`. */
  refreshUrl?: OAuthAddress;
  /** RFC 7009. Without it a disconnect only forgets. */
  revokeUrl?: OAuthAddress;
  /** Which token is revoked. Default: the refresh token where there is one, which ends the access token as well. */
  revokes?: "accessToken" | "refreshToken";
  scopes: readonly string[];
  /** Default: a space. */
  scopeSeparator?: string;
  /** Whether the provider takes a code challenge (S256). */
  pkce: boolean;
  /** How the client's id and secret are sent: as Basic, or as fields of the body. */
  clientAuth: "basic" | "body";
  /** How the fields of a token request are sent. */
  tokenFormat: "form" | "json";
  extraAuthorizeParams?: Readonly<Record<string, string>>;
  /**
   * What to do about a refusal in the provider's own words, at its consent page or where tokens are given; undefined for
   * words that are not known. Whether the permission is over, the words of the standard decide.
   */
  explain?: (said: string) => string | undefined;
  /** Headers that the provider wants with token and revocation requests. */
  tokenHeaders?: Readonly<Record<string, string>>;
  /**
   * Whose grant it is: one cheap call, before anything is stored. Asked again, with an empty `raw`, when somebody wants
   * to know whether the account still answers.
   */
  account: (tokens: OAuthTokens, services: OAuthAccountServices) => Promise<OAuthIdentity>;
}

/** Where a connection through OAuth stands. */
export const oauthStates = ["waiting", "opened", "succeeded", "failed", "cancelled", "expired"] as const;

const takesOwnPath = "takes a path of this server, such as /sources";

/** False for `/..//host`, too: without its dots it is the address of another server. */
function staysHere(path: string): boolean {
  const here = "http://server.invalid";
  return URL.canParse(path, here) && !new URL(path, here).pathname.startsWith("//");
}

/** Body of `POST /api/oauth/{integration}/start`; fields are those of the connect form. */
export const oauthStartSchema = z.strictObject({
  account: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .describe("Label of the account; the provider's own when left out"),
  accessKey: z.string().max(10_000).optional().describe("Client id of the application at the provider"),
  secretKey: z.string().max(10_000).optional().describe("Its client secret"),
  options: z.record(z.string(), z.json()).optional().describe("The integration's own settings by key"),
  returnTo: z
    .string()
    .max(500)
    .regex(/^\/(?![/\\])[^\\\p{Cc}]*$/u, takesOwnPath)
    .refine(staysHere, takesOwnPath)
    .optional()
    .describe("Page of this server to go to in the end; `?oauth=ID` is added"),
});
export type OAuthStart = z.infer<typeof oauthStartSchema>;

export const oauthStartedSchema = z.object({
  id: z.string().describe("Ask for it at /api/oauth/flows/{id}"),
  connectUrl: z.string().describe("To be opened in a browser, once"),
  redirectUri: z.string().describe("What the application at the provider has to allow"),
  expiresAt: z.string(),
});
export type OAuthStarted = z.infer<typeof oauthStartedSchema>;

export const oauthFlowSchema = z.object({
  id: z.string(),
  integration: z.string(),
  state: z.enum(oauthStates),
  account: z.string().nullable().describe("The account that was connected"),
  message: z.string().nullable().describe("What happened, in plain words"),
  expiresAt: z.string(),
});
export type OAuthFlow = z.infer<typeof oauthFlowSchema>;
