/** What Jira and Confluence Cloud have in common: a site, a token of an account at it, and how both are refused. */
import type { CredentialInput } from "@/core/models/credential";
import { AuthError, InputError } from "@/core/models/errors";
import { MissingError } from "@/core/services/http/errors";
import { assertHostSuffix } from "@/core/services/http/host-suffix";

/** Atlassian counts points and says in each refusal how long to wait; a calm pace seldom meets one. */
export const SITE_LIMITS = { hostLimits: { "*": { concurrency: 3, spacingMs: 60 } } };

/**
 * What a person filled in, as it is stored, and what the account is called.
 *
 * @throws InputError where the address is none of an Atlassian Cloud site.
 */
export function siteCredential(input: CredentialInput) {
  const { origin, hostname } = assertHostSuffix(input.baseUrl ?? "", ["atlassian.net"]);
  return {
    account: input.account ?? hostname.replace(/\.atlassian\.net$/, ""),
    credential: {
      ...input,
      baseUrl: origin,
      accessKey: (input.accessKey ?? "").trim(),
      secretKey: (input.secretKey ?? "").trim(),
    },
  };
}

/** A token that `product` does not know: it may be refused, or pass for a visitor. */
export function unknownToken(product: string, cause?: unknown): AuthError {
  const action = "Give the e-mail address of the account that made it, and a token that has not expired.";
  return new AuthError(`${product} does not know this API token.`, { action, cause });
}

/** Says what is wrong with a site or token that was refused when it was tried. @throws AuthError, InputError, or `error` itself */
export function refusedSite(product: string, error: unknown): never {
  if (error instanceof AuthError) throw unknownToken(product, error);
  if (!(error instanceof MissingError)) throw error;
  const message = `takes the address of a ${product} Cloud site, such as https://acme.atlassian.net`;
  throw new InputError(`There is no ${product} at this address.`, [{ field: "baseUrl", message }], {
    cause: error,
  });
}
