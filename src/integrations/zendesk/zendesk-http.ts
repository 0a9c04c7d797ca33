import type { CredentialInput, HttpClient, IntegrationServices } from "@/core/models/models";
import { basicAuth } from "@/core/services/http/auth-kinds";

type Key = Pick<CredentialInput, "baseUrl" | "accessKey" | "secretKey">;

/** A client for one Zendesk: an API token stands behind `/token` and the e-mail address. 200 requests a minute at least. */
export function zendeskHttp(
  { http, apiUrl }: Pick<IntegrationServices, "http" | "apiUrl">,
  { baseUrl, accessKey, secretKey }: Key,
): { http: HttpClient; base: string } {
  const auth = basicAuth(`${accessKey ?? ""}/token`, secretKey);
  const hostLimits = { "*": { concurrency: 2, spacingMs: 300 } };
  return { http: http({ auth, hostLimits }), base: `${apiUrl(baseUrl ?? "")}/api/v2` };
}
