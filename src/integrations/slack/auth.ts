import { AuthError } from "@/core/models/errors";
import type { HttpAuth } from "@/core/models/http";
import type { IntegrationContext } from "@/core/models/integration";
import { bearerAuth } from "@/core/services/http/auth-kinds";

/** A workspace that was connected by its consent page brings its own way; others have the app's token. */
export function authOf({ auth, credential }: IntegrationContext): HttpAuth {
  if (auth !== undefined) return auth;
  if (credential.apiKey !== undefined) return bearerAuth(credential.apiKey);
  throw new AuthError("This Slack account has no token.", { action: "Connect it again." });
}
