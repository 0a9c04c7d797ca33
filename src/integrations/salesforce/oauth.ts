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
