/** From what a caller writes to what goes over the wire. */
import { InputError, PermanentError } from "@/core/models/errors";
import type { HttpAuth } from "@/core/models/http";
import type { HopRequest } from "./redirect";
import type { HttpRequest, QueryValue } from "./types";

export interface BuiltRequest {
  url: URL;
  method: string;
  /** The caller's headers; the credential's come on top with each attempt. */
  headers: Headers;
  body: string | Uint8Array<ArrayBuffer> | undefined;
}

/** @throws InputError for an address that is none. */
export function buildRequest(
  request: HttpRequest,
  defaults: { accept: string; userAgent: string },
): BuiltRequest {
  const url = URL.parse(String(request.url));
  if (url === null) {
    throw new InputError("The address is not a web address.", [
      { field: "url", message: "takes an address such as https://example.com" },
    ]);
  }
  url.hash = "";
  for (const [name, value] of Object.entries(request.query ?? {})) addQuery(url, name, value);
  const headers = withHeaders(
    new Headers({ accept: defaults.accept, "user-agent": defaults.userAgent }),
    request.headers ?? {},
  );
  const [body, type] = bodyOf(request);
  if (type !== undefined && !headers.has("content-type")) headers.set("content-type", type);
  return { url, method: request.method ?? "GET", headers, body };
}

/** How one attempt proves who it is. */
export interface Proof {
  headers: Record<string, string>;
  query: Record<string, string>;
}

/** What the credential gives for the next attempt. */
export async function proofOf(auth: HttpAuth | undefined): Promise<Proof> {
  return { headers: (await auth?.headers()) ?? {}, query: (await auth?.query?.()) ?? {} };
}

/** The request of one attempt, with the credential's headers and query fields. */
export function withCredential(built: BuiltRequest, { headers, query }: Proof): HopRequest {
  const url = new URL(built.url);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return { ...built, url, headers: withHeaders(new Headers(built.headers), headers) };
}

/** An address as others may see and store it: without the credential's query fields. */
export function withoutCredential(address: URL, { query }: Proof): URL {
  const url = new URL(address);
  for (const name of Object.keys(query)) url.searchParams.delete(name);
  return url;
}

/** An answer's headers without the credential's query fields, which providers repeat in links to the next page. */
export function withoutCredentialIn(headers: Headers, { query }: Proof): Headers {
  const link = headers.get("link");
  const secrets = Object.values(query).filter((secret) => secret !== "");
  if (link === null || secrets.length === 0) return headers;
  const clean = new Headers(headers);
  const forms = secrets.flatMap((secret) => [encodeURIComponent(secret), secret]);
  clean.set(
    "link",
    forms.reduce((text, form) => text.replaceAll(form, ""), link),
  );
  return clean;
}

function withHeaders(headers: Headers, more: Record<string, string>): Headers {
  for (const [name, value] of Object.entries(more)) {
    try {
      headers.set(name, value);
    } catch {
      // The cause may repeat the value, which may be a secret.
      throw new PermanentError("A header of the request holds characters that cannot be sent.", {
        action: "Check the account's key for line breaks and unusual characters, and enter it again.",
      });
    }
  }
  return headers;
}

function addQuery(url: URL, name: string, value: QueryValue): void {
  if (value === undefined) return;
  const values = Array.isArray(value) ? value : [value];
  for (const entry of values) url.searchParams.append(name, String(entry));
}

function bodyOf(request: HttpRequest): [string | Uint8Array<ArrayBuffer> | undefined, string | undefined] {
  if (request.json !== undefined) return [JSON.stringify(request.json), "application/json"];
  if (request.form !== undefined) {
    return [new URLSearchParams(request.form).toString(), "application/x-www-form-urlencoded"];
  }
  return [request.body, undefined];
}
