import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";

const inner = new BlockList();
for (const [network, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
] as const) {
  inner.addSubnet(network, bits, "ipv4");
}
// Everything of IPv6 outside of the global range, and within it what leads back into IPv4 (6to4, Teredo).
const reachable = new BlockList();
reachable.addSubnet("2000::", 3, "ipv6");
for (const [network, bits] of [
  ["2001::", 32],
  ["2002::", 16],
] as const) {
  inner.addSubnet(network, bits, "ipv6");
}

/** Whether an address belongs to this machine, its network or its cloud, rather than to the internet. */
export function isPrivateAddress(address: string): boolean {
  if (isIP(address) === 4) return inner.check(address, "ipv4");
  return !reachable.check(address, "ipv6") || inner.check(address, "ipv6");
}

/** Whether any address of a host is private. A host that has none counts as private. */
export async function isPrivateHost(hostname: string): Promise<boolean> {
  const bare = hostname.replace(/^\[(.*)\]$/, "$1");
  const addresses = isIP(bare) > 0 ? [bare] : await addressesOf(bare);
  return addresses.length === 0 || addresses.some(isPrivateAddress);
}

async function addressesOf(hostname: string): Promise<string[]> {
  const found = await lookup(hostname, { all: true });
  return found.map(({ address }) => address);
}
