import { AuthError, InputError } from "@/core/models/errors";
import type { ConnectResult, CredentialInput, IntegrationServices } from "@/core/models/models";
import { ForbiddenError, MissingError } from "@/core/services/http/errors";
import { assertHostSuffix } from "@/core/services/http/host-suffix";
import { siteOf } from "./crawl/address";
import { createFirecrawlApi, HOSTED } from "./firecrawl-api";
import { firecrawlOptionsSchema } from "./models/options";

/**
 * Proves the key by asking for the credits that are left, which costs none.
 *
 * @throws InputError naming the field and what it takes.
 */
export async function connectFirecrawl(
  input: CredentialInput,
  signal: AbortSignal,
  services: IntegrationServices,
): Promise<ConnectResult> {
  const options = firecrawlOptionsSchema.parse(input.options ?? {});
  const baseUrl = ownAddress(input.baseUrl);
  const credential = { ...input, baseUrl, options };
  const api = createFirecrawlApi(services, credential, signal);
  try {
    // A server of one's own may count no credits: the list of crawls under way tells then whether it is one.
    if ((await api.credits()) === undefined) await api.active();
  } catch (error) {
    if (error instanceof AuthError || error instanceof ForbiddenError)
      throw wrong("apiKey", "is not accepted by Firecrawl: it may be wrong, or revoked.", error);
    if (error instanceof MissingError) throw wrong("baseUrl", "leads to no Firecrawl API (v2).", error);
    throw error;
  }
  const first = URL.parse(options.startUrls[0] ?? "");
  return { account: input.account ?? (first === null ? "Firecrawl" : siteOf(first)), credential };
}

/** Which host a company's own server has is its own choice; the operator decides which private ones are asked. */
function ownAddress(given: string | undefined): string | undefined {
  const text = (given ?? "").trim();
  if (text === "") return undefined;
  const full = /^[a-z]+:\/\//i.test(text) ? text : `https://${text}`;
  const url = URL.parse(full);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "")
    throw wrong("baseUrl", "takes a web address such as https://firecrawl.acme.com.");
  if (/(?:^|\.)firecrawl\.dev$/.test(url.hostname)) {
    assertHostSuffix(full, ["firecrawl.dev"]);
    return HOSTED;
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, "").replace(/\/v[012]$/, "")}`;
}

function wrong(field: string, message: string, cause?: unknown): InputError {
  const name = field === "apiKey" ? "The API key" : "The address";
  return new InputError(`${name} ${message}`, [{ field, message }], { cause });
}
