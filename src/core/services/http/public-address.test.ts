import { describe, expect, test } from "bun:test";
import { assert, ipV4, ipV6, property } from "fast-check";
import { isHostAgentAddress, isPublicAddress } from "./public-address";

describe("closed", () => {
  test.each([
    ..."0.0.0.0 10.1.2.3 100.64.0.1 100.100.100.200 127.0.0.1 127.9.9.9 169.254.169.254 172.16.0.1".split(
      " ",
    ),
    ..."172.31.255.255 192.0.0.192 192.168.1.1 198.19.0.1 203.0.113.7 168.63.129.16 224.0.0.1".split(" "),
    ..."239.255.255.250 240.0.0.1 255.255.255.255 :: ::1 fe80::1 fe80::1%eth0 fec0::1 fc00::1".split(" "),
    ..."fd00:ec2::254 ff02::1 100::1 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:0:1 ::ffff:a00:1".split(" "),
    ..."0:0:0:0:0:ffff:c0a8:0101 ::127.0.0.1 64:ff9b::127.0.0.1 64:ff9b::a9fe:a9fe 64:ff9b::".split(" "),
    ..."64:ff9b:1::a00:1 2002:7f00:1:: 2002:808:808::1 2001::1 2001:0:4136:e378::1 2001:db8::1 3fff::1".split(
      " ",
    ),
    ..."localhost 2130706433 0x7f000001 127.1 1.2.3.4.5 ::1:: [::1]".split(" "),
    "",
  ])("%p", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe("open", () => {
  test.each([
    ..."8.8.8.8 1.1.1.1 100.63.255.255 100.128.0.1 172.15.0.1 172.32.0.1 192.167.0.1 223.255.255.1".split(
      " ",
    ),
    ..."2606:4700::1111 2a00:1450::1 2620:fe::fe ::ffff:8.8.8.8 64:ff9b::8.8.8.8".split(" "),
  ])("%p", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

test("every IPv4 address is judged the same behind a mapped or NAT64 prefix", () => {
  assert(
    property(ipV4(), (address) => {
      const open = isPublicAddress(address);
      return isPublicAddress(`::ffff:${address}`) === open && isPublicAddress(`64:ff9b::${address}`) === open;
    }),
  );
});

test("no IPv6 address outside the global range is open, whatever way it is written", () => {
  assert(
    property(ipV6(), (address) => {
      const canonical = URL.parse(`http://[${address}]/`)?.hostname ?? "";
      return !isPublicAddress(address) || /^\[(?:[23][0-9a-f]{3}:|::ffff:|64:ff9b::)/.test(canonical);
    }),
  );
});

test("addresses of cloud metadata and of the cable are told from other private ones", () => {
  const agents = [
    "169.254.169.254",
    "::ffff:169.254.169.254",
    "100.100.100.200",
    "fd00:ec2::254",
    "fe80::1",
    "junk",
  ];
  expect(agents.filter((address) => !isHostAgentAddress(address))).toEqual([]);
  expect(["127.0.0.1", "10.0.0.1", "::1", "fd00::1", "8.8.8.8"].filter(isHostAgentAddress)).toEqual([]);
});
