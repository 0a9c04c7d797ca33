/** Where a redirect leads and what may go along. Pure. */
import { PermanentError } from "@/core/models/errors";

export interface HopRequest {
  url: URL;
  method: string;
  headers: Headers;
  body: string | Uint8Array<ArrayBuffer> | undefined;
}

export const MAX_REDIRECTS = 5;

/** All that another origin may learn: no credential, no header of the caller's own making. */
const harmlessHeaders = ["accept", "accept-language", "accept-encoding", "user-agent"];

export function isRedirect(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}

/**
 * The request that follows a redirect. POST becomes GET where the web does so; another origin gets no credentials and
 * no body.
 * @throws PermanentError when the target is unusable, unencrypted after an encrypted one, or another origin that asks
 * for the body.
 */
export function followRedirect(from: HopRequest, status: number, location: string | null): HopRequest {
  const host = from.url.host;
  const url = location === null ? null : URL.parse(location, from.url);
  if (url === null) throw new PermanentError(`${host} redirects (${status}) without a usable address.`);
  if (from.url.protocol === "https:" && url.protocol !== "https:") {
    throw new PermanentError(`${host} redirects to an unencrypted address, which is not followed.`);
  }
  url.hash = "";
  const becomesGet =
    (status === 303 && from.method !== "HEAD") ||
    ((status === 301 || status === 302) && from.method === "POST");
  const body = becomesGet ? undefined : from.body;
  const sameOrigin = url.origin === from.url.origin;
  if (!sameOrigin && body !== undefined) {
    throw new PermanentError(
      `${host} redirects to ${url.host} and asks to send the data along, which is not done.`,
      {
        action: "Check the address of the account.",
      },
    );
  }
  const headers = sameOrigin ? new Headers(from.headers) : only(from.headers, harmlessHeaders);
  if (body === undefined) headers.delete("content-type");
  return { url, method: becomesGet ? "GET" : from.method, headers, body };
}

function only(headers: Headers, names: readonly string[]): Headers {
  return new Headers(
    names.flatMap((name) => {
      const value = headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}
