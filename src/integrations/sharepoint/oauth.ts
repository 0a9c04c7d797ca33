/** Consent at Microsoft Entra ID (learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow). */
import type { OAuthDefinition } from "@/core/models/oauth";
import { createGraphApi } from "./api/graph-api";
import { graphHttp } from "./api/graph-http";
import { tenantOf } from "./models/options";

const APP = "the application at entra.microsoft.com";

/** Entra's own codes (learn.microsoft.com/entra/identity-platform/reference-error-codes), and what helps. */
const CODES: readonly [codes: RegExp, action: string][] = [
  [
    /AADSTS(?:50194|50020|90072)\b/,
    "The application or the account belongs to one directory alone: write that directory's id or domain into “Directory”, and agree with an account of it.",
  ],
  [/AADSTS(?:90002|900023)\b/, "No such directory: write its id or one of its domains into “Directory”."],
  [/AADSTS700016\b/, `Check the client ID and the directory: ${APP} has to stand in that directory.`],
  [
    /AADSTS7000215\b/,
    "The client secret is wrong: give the secret's value, which is shown once, and not its id.",
  ],
  [/AADSTS7000222\b/, `The client secret has expired: make a new one for ${APP}, and connect again.`],
  [/AADSTS50011\b/, `Add the redirect address that the form shows to ${APP}, as one of the platform “Web”.`],
  [/AADSTS7000218\b/, `Give the client secret, and let ${APP} be of the platform “Web”.`],
  [
    /AADSTS(?:65001|90094|90093|90008|900941|650052)\b|consent_required/,
    `An administrator has to agree: let one grant admin consent under “API permissions” of ${APP}, and connect again.`,
  ],
  [
    /AADSTS(?:50105|50057|53003|53000|530\d\d|50158)\b/,
    "The directory does not let this account in: ask its administrator, and connect again.",
  ],
  [
    /AADSTS(?:700082|700084|70008|50173|70043|50076|50079|50078|50089)\b/,
    "The sign-in is too old, or the directory wants another one: connect the account again.",
  ],
];

/** What to do about one of Entra's codes; undefined for others. */
export function explainEntra(said: string): string | undefined {
  return CODES.find(([codes]) => codes.test(said))?.[1];
}

const login =
  (path: string): OAuthDefinition["tokenUrl"] =>
  ({ apiUrl }, options) =>
    `${apiUrl("https://login.microsoftonline.com", "login")}/${tenantOf(options)}/oauth2/v2.0/${path}`;

/** Refresh tokens come with `offline_access`, and with each renewal a new one. Nothing can be revoked from here. */
export const entraOAuth: OAuthDefinition = {
  authorizeUrl: login("authorize"),
  tokenUrl: login("token"),
  scopes: ["offline_access", "User.Read", "Files.Read.All", "Sites.Read.All"],
  pkce: true,
  clientAuth: "body",
  tokenFormat: "form",
  explain: explainEntra,
  account: async (_tokens, services) => {
    const api = createGraphApi(services.http(graphHttp(services.auth)), services, services.signal);
    const { id, userPrincipalName, displayName } = await api.me();
    return { account: userPrincipalName ?? displayName ?? id, id };
  },
};
