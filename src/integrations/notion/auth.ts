import { AuthError } from "@/core/models/errors";
import type { HttpAuth } from "@/core/models/http";
import type { IntegrationContext } from "@/core/models/integration";
import { tokenAuth } from "./connect";

/** A workspace that was connected by its consent page brings its own way; others have the integration's secret. */
export function authOf({ auth, credential }: IntegrationContext): HttpAuth {
  if (auth !== undefined) return auth;
  if (credential.apiKey === undefined) {
    throw new AuthError("This Notion account has no secret.", { action: "Connect it again." });
  }
  return tokenAuth(credential.apiKey);
}
