import { BlockList, isIP } from "node:net";

export interface Client {
  /** The address that counts for limits and the audit log. */
  address: string;
  /** Whether the request came from this machine itself, and not through a proxy. */
  isLocal: boolean;
}

/**
 * Makes the function that says who the client is. `X-Forwarded-For` counts only where the connection comes from a
 * trusted proxy, and is then read from its end: whatever stands before the first address that no trusted proxy added
 * was written by the client itself.
 */
export function clientFinder(trustedProxies: readonly string[]): (peer: string, headers: Headers) => Client {
  const trusted = new BlockList();
  for (const entry of trustedProxies) {
    const [address = "", bits] = entry.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) trusted.addAddress(address, family);
    else trusted.addSubnet(address, Number(bits), family);
  }
  const isTrusted = (address: string) =>
    isIP(address) !== 0 && trusted.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
  return (peer, headers) => {
    const forwarded = headers.get("x-forwarded-for");
    let address = plainAddress(peer);
    if (isTrusted(address)) {
      for (const hop of (forwarded ?? "").split(",").toReversed()) {
        const next = plainAddress(hop);
        if (isIP(next) === 0) break;
        address = next;
        if (!isTrusted(next)) break;
      }
    }
    const isForwarded = forwarded !== null || headers.has("forwarded") || headers.has("x-real-ip");
    return { address, isLocal: !isForwarded && isLoopbackAddress(address) };
  };
}

function isLoopbackAddress(address: string): boolean {
  return address === "::1" || address.startsWith("127.");
}

/** An address without brackets, port and the IPv6 spelling of IPv4. */
function plainAddress(text: string): string {
  const trimmed = text.trim().toLowerCase();
  const bare = /^\[(.+)\](?::\d+)?$/.exec(trimmed)?.[1] ?? /^([\d.]+):\d+$/.exec(trimmed)?.[1] ?? trimmed;
  return /^::ffff:([\d.]+)$/.exec(bare)?.[1] ?? bare;
}
