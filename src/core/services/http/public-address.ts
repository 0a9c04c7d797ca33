/** Tells addresses of the open internet from all others. Pure. */
import { BlockList, isIP } from "node:net";

const closedV4: readonly [string, number][] = [
  ["0.0.0.0", 8], // this network
  ["10.0.0.0", 8],
  ["100.64.0.0", 10], // carrier-grade NAT; 100.100.100.200 answers cloud metadata
  ["127.0.0.0", 8],
  ["168.63.129.16", 32], // a cloud's host agent, on a public address
  ["169.254.0.0", 16], // link-local, with the metadata service of most clouds
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24], // 6to4 relays
  ["192.168.0.0", 16],
  ["198.18.0.0", 15], // benchmarks
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4], // multicast
  ["240.0.0.0", 4], // reserved, broadcast
];

/** IPv6 is closed but for global unicast, and these parts of it are closed too. */
const closedV6: readonly [string, number][] = [
  ["2001::", 23], // protocol assignments; Teredo carries an IPv4 address in disguise
  ["2001:db8::", 32],
  ["2002::", 16], // 6to4, the same in another disguise
  ["3fff::", 20],
];

/** Where clouds hand out their machines' keys, and the neighbours on the cable: never what a name is meant to lead to. */
const hostAgents = subnets(
  [
    ["169.254.0.0", 16],
    ["100.100.100.200", 32],
    ["168.63.129.16", 32],
  ],
  "ipv4",
);
hostAgents.addSubnet("fe80::", 10, "ipv6");
hostAgents.addAddress("fd00:ec2::254", "ipv6");

const v4 = subnets(closedV4, "ipv4");
const v6 = subnets(closedV6, "ipv6");
const globalUnicast = subnets([["2000::", 3]], "ipv6");

/** True for an address (v4 or v6, no brackets, no port) that anyone on the internet could mean. Junk is not public. */
export function isPublicAddress(address: string): boolean {
  const target = targetOf(address);
  if (target === undefined) return false;
  if (isIP(target) === 4) return !v4.check(target, "ipv4");
  return globalUnicast.check(target, "ipv6") && !v6.check(target, "ipv6");
}

/** True for link-local and cloud metadata addresses, and for junk. */
export function isHostAgentAddress(address: string): boolean {
  const target = targetOf(address);
  return target === undefined || hostAgents.check(target, isIP(target) === 4 ? "ipv4" : "ipv6");
}

/** Where packets to an address really go, in one spelling; undefined for what is no address. */
function targetOf(address: string): string | undefined {
  if (isIP(address) === 4) return address;
  if (isIP(address) !== 6) return undefined;
  // The URL parser writes every form of an IPv6 address in one way: hexadecimal, shortest. Zones it refuses.
  const canonical = URL.parse(`http://[${address}]/`)?.hostname.slice(1, -1);
  return canonical === undefined ? undefined : (embeddedV4(canonical) ?? canonical);
}

/** The IPv4 address inside `::ffff:0:0/96` (mapped) and `64:ff9b::/96` (NAT64), which is where the packets go. */
function embeddedV4(canonical: string): string | undefined {
  const match = /^(?:::ffff|64:ff9b:):(?:([0-9a-f]{1,4}):)?([0-9a-f]{1,4})$/.exec(canonical);
  if (match === null) return undefined;
  const [high, low] = [Number.parseInt(match[1] ?? "0", 16), Number.parseInt(match[2] ?? "0", 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

function subnets(list: readonly [string, number][], family: "ipv4" | "ipv6"): BlockList {
  const blocked = new BlockList();
  for (const [network, prefix] of list) blocked.addSubnet(network, prefix, family);
  return blocked;
}
