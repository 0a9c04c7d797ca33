/** One request to one address: no redirects, no retries, every wait bounded. */
import { isIP } from "node:net";
import { TransientError } from "@/core/models/errors";
import type { Timeouts } from "@/core/models/http";
import { networkFailure } from "./network-failure";
import { readBody } from "./read-body";
import { type HopRequest, isRedirect } from "./redirect";
import { bareHost } from "./ssrf-guard";

export const DEFAULT_TIMEOUTS: Timeouts = { headersMs: 30_000, idleMs: 30_000, totalMs: 300_000 };
/** Of a refusal only as much is read as its words need. */
const REFUSAL_BYTES = 64 * 1_024;

export interface HopOptions {
  /** The checked address to connect to, whatever the host name says by now. */
  address: string;
  timeouts: Timeouts;
  maxBytes: number;
  /** PEM of certificate authorities to trust instead of the system's. */
  ca: string | undefined;
  /** Off for requests that must not be sent twice: a kept connection may be retried when it turns out closed. */
  keepalive: boolean;
  signal: AbortSignal | undefined;
}

export interface HopAnswer {
  status: number;
  headers: Headers;
  body: Uint8Array;
}

/** @throws TransientError, PermanentError or TooLargeError, or the signal's reason. */
export async function sendHop(request: HopRequest, options: HopOptions): Promise<HopAnswer> {
  const { timeouts, signal } = options;
  const { host } = request.url;
  const stop = new AbortController();
  const after = (ms: number, words: string) =>
    setTimeout(() => stop.abort(new TransientError(`${host} ${words} within ${ms} ms.`)), ms);
  const total = after(timeouts.totalMs, "did not finish its answer");
  let waiting = after(timeouts.headersMs, "did not answer");
  const leave = () => stop.abort(signal?.reason);
  signal?.addEventListener("abort", leave, { once: true });
  try {
    signal?.throwIfAborted();
    const response = await fetch(pinned(request.url, options.address), init(request, options, stop.signal));
    const onChunk = () => {
      clearTimeout(waiting);
      waiting = after(timeouts.idleMs, "sent nothing more");
    };
    onChunk();
    const { status, headers } = response;
    const refused = status >= 400 || isRedirect(status);
    const maxBytes = refused ? Math.min(REFUSAL_BYTES, options.maxBytes) : options.maxBytes;
    const body = await readBody(response, host, { maxBytes, atCap: refused ? "cut" : "fail", onChunk });
    return { status, headers, body };
  } catch (error) {
    if (stop.signal.aborted) throw stop.signal.reason;
    throw networkFailure(error, host);
  } finally {
    clearTimeout(total);
    clearTimeout(waiting);
    signal?.removeEventListener("abort", leave);
    // Closes the connection when the body was not read to its end; does nothing otherwise.
    stop.abort();
  }
}

/** The same URL with the checked address for its host; the name travels in the Host header and in TLS. */
function pinned(url: URL, address: string): URL {
  const target = new URL(url);
  target.hostname = isIP(address) === 6 ? `[${address}]` : address;
  return target;
}

function init(request: HopRequest, options: HopOptions, signal: AbortSignal): BunFetchRequestInit {
  const headers = new Headers(request.headers);
  headers.set("host", request.url.host);
  headers.set("accept-encoding", "gzip");
  const name = bareHost(request.url);
  const tls = {
    ...(options.ca === undefined ? {} : { ca: options.ca }),
    // Certificates are checked against the name, not the address; a literal address is checked as itself.
    ...(isIP(name) === 0 ? { serverName: name } : {}),
  };
  return {
    method: request.method,
    headers,
    ...(request.body === undefined ? {} : { body: request.body }),
    redirect: "manual",
    decompress: false,
    keepalive: options.keepalive,
    timeout: false,
    tls,
    signal,
  };
}
