/**
 * Keeps requests away from the operator's own network. A host is resolved once, every address is checked, and the
 * connection is then made to a checked address, so that a second answer of the DNS changes nothing.
 */
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { TransientError } from "@/core/models/errors";
import { BlockedAddressError } from "./errors";
import { isHostAgentAddress, isPublicAddress } from "./public-address";

/** Addresses of a host name. Rejects when there is none. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

export const systemResolve: Resolve = async (hostname) => {
  const found = await lookup(hostname, { all: true, order: "ipv4first" });
  return found.map(({ address }) => address);
};

export interface GuardOptions {
  resolve: Resolve;
  /** `host` or `host:port` that the operator allows although private. Without a port: 80 and 443. */
  allowedPrivateHosts: readonly string[];
}

/**
 * Addresses that a URL's host may be reached at, in the resolver's order, never empty.
 * @throws BlockedAddressError when the URL or any of its addresses is not for an integration to call, TransientError
 * when the name cannot be resolved.
 */
export async function checkedAddresses(url: URL, guard: GuardOptions): Promise<readonly string[]> {
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new BlockedAddressError(
      `Addresses that start with ${url.protocol} are not called, only http and https.`,
    );
  }
  if (url.username !== "" || url.password !== "") {
    throw new BlockedAddressError(`The address of ${url.host} carries a user name or password.`, {
      action: "Give them in the account's own fields.",
    });
  }
  const literal = bareHost(url);
  const addresses = isIP(literal) === 0 ? await resolved(literal, guard.resolve) : [literal];
  const allowed = isAllowed(url, guard.allowedPrivateHosts);
  // A name that is allowed may lead into the operator's network, but not to where the machine's own keys are.
  const isClosed = (address: string) =>
    allowed ? address !== literal && isHostAgentAddress(address) : !isPublicAddress(address);
  const closed = addresses.find(isClosed);
  if (closed === undefined) return addresses;
  throw new BlockedAddressError(`${url.host} leads to ${closed}, which is not on the open internet.`, {
    action: "If it is meant, the operator must allow this host by name.",
  });
}

async function resolved(hostname: string, resolve: Resolve): Promise<readonly string[]> {
  let addresses: readonly string[];
  try {
    addresses = await resolve(hostname);
  } catch (cause) {
    throw unknownHost(hostname, cause);
  }
  if (addresses.length === 0) throw unknownHost(hostname);
  return addresses;
}

function unknownHost(hostname: string, cause?: unknown): TransientError {
  return new TransientError(`The name ${hostname} cannot be resolved.`, {
    action: "Check the spelling and this machine's network.",
    cause,
  });
}

/** True when the operator allows this host although it is private. */
export function isAllowed(url: URL, allowed: readonly string[]): boolean {
  const port = url.port === "" ? (url.protocol === "https:" ? "443" : "80") : url.port;
  return allowed.some((entry) => {
    const named = URL.parse(`http://${entry}`);
    if (named === null || bareHost(named) !== bareHost(url)) return false;
    // Port 80 is dropped by the parser, so it is looked for in the text.
    const wanted = /:(\d+)$/.exec(entry.replace(/^\[.*\]/, ""))?.[1];
    return wanted === undefined ? port === "80" || port === "443" : Number(wanted) === Number(port);
  });
}

/** The host without brackets and trailing dot, as it is compared and resolved. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
}
