/** The usual ways in which requests prove who they are. */
import type { HttpAuth } from "@/core/models/http";

/** `Authorization: Bearer TOKEN`; `scheme` for providers with another word, such as `Bot`. */
export function bearerAuth(token: string | undefined, scheme = "Bearer"): HttpAuth {
  return headerAuth("Authorization", `${scheme} ${token ?? ""}`);
}

/** HTTP Basic (RFC 7617). */
export function basicAuth(user: string | undefined, password: string | undefined): HttpAuth {
  const pair = Buffer.from(`${user ?? ""}:${password ?? ""}`).toString("base64");
  return headerAuth("Authorization", `Basic ${pair}`);
}

/** A header of the provider's own, such as `X-Api-Key`. */
export function headerAuth(name: string, value: string | undefined): HttpAuth {
  return { headers: () => Promise.resolve({ [name]: value ?? "" }) };
}

/**
 * A field of the query, such as `?api_key=`, for providers that take their key nowhere else. It is added with each
 * attempt, and left out of the answer's `url` and links, of messages and of records.
 */
export function queryAuth(name: string, value: string | undefined): HttpAuth {
  return {
    headers: () => Promise.resolve({}),
    query: () => Promise.resolve({ [name]: value ?? "" }),
  };
}
