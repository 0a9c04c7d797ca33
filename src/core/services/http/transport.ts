/** A request from first hop to last answer: each hop's host is checked and pinned, redirects are followed by hand. */
import { PermanentError, TransientError } from "@/core/models/errors";
import { followRedirect, type HopRequest, isRedirect, MAX_REDIRECTS } from "./redirect";
import { type HopAnswer, type HopOptions, sendHop } from "./send-hop";
import { checkedAddresses, type GuardOptions } from "./ssrf-guard";

export interface TransportAnswer extends HopAnswer {
  /** Where the answer came from after redirects. */
  url: URL;
  /** False when redirects led to another scheme, host or port: that origin never saw the credential. */
  sameOrigin: boolean;
}

export interface TransportOptions extends Omit<HopOptions, "address"> {
  guard: GuardOptions;
}

/**
 * @param attempt Number of the attempt, from 1: each takes the next address of a host that has several.
 * @throws BlockedAddressError, PermanentError, TransientError, or the signal's reason.
 */
export async function send(
  request: HopRequest,
  attempt: number,
  options: TransportOptions,
): Promise<TransportAnswer> {
  let hop = request;
  for (let redirects = 0; ; redirects++) {
    const addresses = await inTime(checkedAddresses(hop.url, options.guard), hop.url.host, options);
    const address = addresses[(attempt - 1) % addresses.length];
    if (address === undefined) throw new PermanentError(`${hop.url.host} has no address.`);
    const answer = await sendHop(hop, { ...options, address });
    if (!isRedirect(answer.status)) {
      return { ...answer, url: hop.url, sameOrigin: hop.url.origin === request.url.origin };
    }
    if (redirects === MAX_REDIRECTS) {
      throw new PermanentError(`${request.url.host} redirected more than ${MAX_REDIRECTS} times.`, {
        action: "Check the address of the account.",
      });
    }
    hop = followRedirect(hop, answer.status, answer.headers.get("location"));
  }
}

/** A resolver may hang as well; its answer is no longer waited for then. */
function inTime<Result>(
  lookup: Promise<Result>,
  host: string,
  { timeouts, signal }: Pick<HopOptions, "timeouts" | "signal">,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const late = new TransientError(`The name ${host} was not resolved within ${timeouts.headersMs} ms.`);
    const timer = setTimeout(() => reject(late), timeouts.headersMs);
    const leave = () => reject(signal?.reason);
    signal?.addEventListener("abort", leave, { once: true });
    if (signal?.aborted === true) leave();
    void lookup.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", leave);
    });
  });
}
