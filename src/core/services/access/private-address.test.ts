import { describe, expect, test } from "bun:test";
import { isPrivateAddress, isPrivateHost } from "./private-address";

describe("a private address", () => {
  test.each([
    "127.0.0.1",
    "0.0.0.0",
    "10.1.2.3",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.100.100.200",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:10.0.0.1",
    "::ffff:8.8.8.8",
    "fd00:ec2::254",
    "fe80::1",
    "64:ff9b::a00:1",
    "2002:7f00:1::",
    "2001:0:1::",
  ])("%s is one", (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  test.each(["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1", "2001:4860:4860::8888"])(
    "%s is none",
    (address) => {
      expect(isPrivateAddress(address)).toBe(false);
    },
  );

  test("is found behind a name and in brackets", async () => {
    expect(await isPrivateHost("localhost")).toBe(true);
    expect(await isPrivateHost("[::1]")).toBe(true);
    expect(await isPrivateHost("8.8.8.8")).toBe(false);
  });
});
