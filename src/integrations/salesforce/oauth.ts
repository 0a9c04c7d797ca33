import { AuthError } from "@/core/models/errors";
import type { OAuthDefinition, OAuthSettings } from "@/core/models/oauth";
import { ForceApi, quoted } from "./api";
import { identityOf } from "./models/ids";
import { loginAddress } from "./models/options";
import { valueAt } from "./sync-steps/items";

const at =
  (path: string) =>
  (_services: unknown, settings: OAuthSettings): string =>
    `${loginAddress(settings["login"])}/services/oauth2/${path}`;

/** What to do about Salesforce's own words of refusal, by what stands in them. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [
    /redirect_uri_m(?:ismatch|issing)/,
    "Add the redirect address to the app's callback URLs exactly as it is shown here; Salesforce takes up to ten minutes to know it.",
  ],
  [
    /invalid_client/,
    "Check consumer key and secret, and whether the app belongs to the organisation at “Where you log in”. A new app takes up to ten minutes.",
  ],
  [
    /OAUTH_APP_(?:ACCESS_DENIED|BLOCKED)|not approved|hasn't approved/i,
    "An administrator permits the app for this user: Setup → External Client App Manager (or Connected Apps) → Policies.",
  ],
  [/inactive_user|user_disabled/, "The user is not active in Salesforce: agree as one who is."],
  [/inactive_org/, "The Salesforce organisation is closed or locked: its administrator has to open it."],
  [/invalid_scope/, "Give the app the scopes “api” and “refresh_token”, and start again."],
  [
    /ip restricted/i,
    "Salesforce lets the user in from other addresses alone: relax the app's IP policy, or add this one.",
  ],
];

/**
 * Salesforce's web server flow, at the address where the organisation's people log in. Its tokens do not say when they end:
 * a session does so whenever the organisation's settings want it, and is renewed then.
 */
export const salesforceOAuth: OAuthDefinition = {
  authorizeUrl: at("authorize"),
  tokenUrl: at("token"),
  revokeUrl: at("revoke"),
  scopes: ["api", "refresh_token"],
  pkce: true,
  clientAuth: "body",
  tokenFormat: "form",
  explain: (said) => ADVICE.find(([words]) => words.test(said))?.[1],
  account: async ({ raw }, { http, apiUrl, auth, signal, settings }) => {
    const instance = raw["instance_url"] ?? settings["instanceUrl"];
    const api = new ForceApi({ http, apiUrl, auth, signal, instance, share: 100 });
    const address = typeof raw["id"] === "string" ? raw["id"] : await api.identity();
    const who = identityOf(address);
    if (who === undefined) throw new AuthError("Salesforce does not say whose this permission is.");
    const soql = `SELECT Id, Username FROM User WHERE Id = ${quoted(who.user)}`;
    const [user] = (await api.query(soql, 1, false)).records;
    const account = (user && valueAt(user, "Username")) ?? new URL(api.home).hostname;
    return { account, id: `${who.organisation} ${who.user}`, options: { instanceUrl: api.home } };
  },
};
