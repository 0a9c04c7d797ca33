import type { SyncContext } from "@/core/models/integration";
import { AuthError } from "@/core/models/errors";
import { bearerAuth } from "@/core/services/http/auth-kinds";
import { storedOptions } from "@/core/services/credentials/options";
import { createGithubApi, type GithubApi } from "./api";
import { type GithubOptions, githubOptionsSchema } from "./models/options";
import { apiAddress } from "./repositories";
import { type Chosen, createDirectory } from "./repositories";

/** What the streams of one sync of an account share. */
export interface Reading {
  api: GithubApi;
  options: GithubOptions;
  account: string;
  directory: () => Promise<Chosen>;
}

/** @throws AuthError for an account that has neither a token nor a grant. */
export function openReading(context: SyncContext): Reading {
  const { credential, account, signal } = context;
  const token = credential.apiKey ?? "";
  if (context.auth === undefined && token === "")
    throw new AuthError("This GitHub account has no token.", { action: "Connect it again." });
  const options = storedOptions(githubOptionsSchema, context);
  const auth = context.auth ?? bearerAuth(token);
  const api = createGithubApi(context, auth, signal, apiAddress(credential.baseUrl));
  return { api, options, account, directory: createDirectory(api, options, token) };
}
