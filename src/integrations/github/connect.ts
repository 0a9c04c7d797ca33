import { z } from "zod";
import { AuthError, InputError } from "@/core/models/errors";
import type { ConnectResult, CredentialInput, IntegrationServices } from "@/core/models/models";
import { bearerAuth } from "@/core/services/http/auth-kinds";
import { ForbiddenError, MissingError } from "@/core/services/http/errors";
import { assertHostSuffix } from "@/core/services/http/host-suffix";
import { createGithubApi, type GithubApi, PUBLIC_API } from "./api";
import { type GithubOptions, githubOptionsSchema } from "./models/options";
import { apiAddress, chosenRepositories } from "./repositories";

const userSchema = z.looseObject({ login: z.string() });

/**
 * Checks a token and the chosen repositories before they are stored: a request for the account, and those that list
 * the repositories.
 *
 * @throws InputError naming the field and what it takes.
 */
export async function connectGithub(
  input: CredentialInput,
  signal: AbortSignal,
  services: IntegrationServices,
): Promise<ConnectResult> {
  const options = githubOptionsSchema.parse(input.options ?? {});
  const apiKey = (input.apiKey ?? "").trim();
  if (!/^[\x21-\x7e]{10,}$/.test(apiKey))
    throw wrong("apiKey", "takes a token, which begins with github_pat_ or ghp_.");
  const address = checkedAddress(input.baseUrl);
  const api = createGithubApi(services, bearerAuth(apiKey), signal, address);
  const login = await loginOf(api, apiKey);
  const missing = await missingOf(api, options, apiKey);
  if (missing.length > 0)
    throw wrong("options.repositories", `names what this token cannot see: ${missing.join(", ")}.`);
  return { account: input.account ?? login, credential: { ...input, baseUrl: address, apiKey, options } };
}

/** A token goes to no address that is not https; which host a company uses for its Enterprise Server is its own. */
function checkedAddress(given: string | undefined): string {
  const text = (given ?? "").trim();
  if (text === "") return PUBLIC_API;
  const full = /^[a-z]+:/i.test(text) ? text : `https://${text}`;
  const host = URL.parse(full)?.hostname ?? "";
  return apiAddress(assertHostSuffix(full, [host === "" ? "github.com" : host]).href);
}

async function loginOf(api: GithubApi, token: string): Promise<string> {
  // A token of an app's installation has no user.
  if (token.startsWith("ghs_")) return "GitHub App";
  try {
    return (await api.get("/user", userSchema)).data.login;
  } catch (error) {
    if (error instanceof AuthError)
      throw wrong("apiKey", "is not accepted by GitHub: it may be revoked or expired.", error);
    if (error instanceof MissingError) throw wrong("baseUrl", "leads to no GitHub API.", error);
    if (error instanceof ForbiddenError)
      throw wrong("apiKey", `is refused by GitHub: ${error.detail}`, error);
    throw error;
  }
}

async function missingOf(api: GithubApi, options: GithubOptions, token: string): Promise<readonly string[]> {
  try {
    return (await chosenRepositories(api, options, token)).missing;
  } catch (error) {
    if (!(error instanceof AuthError)) throw error;
    if (options.repositories.length > 0) return options.repositories;
    const message = "sees no repository. Give it access to some, at GitHub under Developer settings.";
    throw wrong("apiKey", message, error);
  }
}

function wrong(field: string, message: string, cause?: unknown): InputError {
  const names: Record<string, string> = { apiKey: "The token", baseUrl: "The address" };
  return new InputError(`${names[field] ?? "“Repositories”"} ${message}`, [{ field, message }], { cause });
}
