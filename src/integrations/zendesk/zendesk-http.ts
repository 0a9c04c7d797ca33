import { AuthError, InputError } from "@/core/models/errors";
import type { CredentialInput, HttpClient, IntegrationServices } from "@/core/models/models";
import { basicAuth } from "@/core/services/http/auth-kinds";
import { MissingError } from "@/core/services/http/errors";
import { meSchema } from "./models/models";

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

/** @throws AuthError when Zendesk does not know the token, which it may say by taking whoever brings it for a visitor. */
export async function assertKnown(
  { http, base }: ReturnType<typeof zendeskHttp>,
  signal: AbortSignal,
): Promise<void> {
  const request = { url: `${base}/users/me.json`, expect: "json", schema: meSchema, signal } as const;
  const id = await http.request(request).then(({ data }) => data.user.id, orVisitor);
  if (id !== null) return;
  const action = "Check that it is active, and that the e-mail address is that of an agent or administrator.";
  throw new AuthError("Zendesk does not know this API token.", { action });
}

/** A token that is not known is turned away, or passes for a visitor, who has no id. */
function orVisitor(error: unknown): null {
  if (error instanceof AuthError) return null;
  if (!(error instanceof MissingError)) throw error;
  const message = "takes the address of a Zendesk account, such as https://acme.zendesk.com";
  throw new InputError("There is no Zendesk at this address.", [{ field: "baseUrl", message }], {
    cause: error,
  });
}
