import { describe, expect, test } from "bun:test";
import { InputError, TransientError } from "@/core/models/errors";
import { BlockedAddressError } from "./errors";
import { assertHostSuffix } from "./host-suffix";
import { checkedAddresses } from "./ssrf-guard";

const names: Record<string, string[]> = {
  "api.example": ["93.184.216.34", "2606:2800::1"],
  "inside.example": ["10.0.0.7"],
  "mixed.example": ["93.184.216.34", "127.0.0.1"],
  localhost: ["127.0.0.1"],
  "empty.example": [],
  "rebound.example": ["169.254.169.254"],
};

async function check(address: string, allowedPrivateHosts: string[] = []): Promise<unknown> {
  const resolve = (hostname: string) => {
    const found = names[hostname];
    return found === undefined ? Promise.reject(new Error("ENOTFOUND")) : Promise.resolve(found);
  };
  try {
    return await checkedAddresses(new URL(address), { resolve, allowedPrivateHosts });
  } catch (error) {
    return error;
  }
}

describe("addresses of hosts", () => {
  test("a public name gives its addresses, a literal gives itself", async () => {
    expect(await check("https://api.example/v1")).toEqual(["93.184.216.34", "2606:2800::1"]);
    expect(await check("https://api.example./v1")).toEqual(["93.184.216.34", "2606:2800::1"]);
    expect(await check("https://[2606:2800::1]:8443/")).toEqual(["2606:2800::1"]);
  });

  test.each([
    ..."http://127.0.0.1/ http://2130706433/ http://0x7f.1/ http://0177.0.0.1/ http://127.1/".split(" "),
    ..."http://127.0.0.1./ http://0/ http://[::]/ http://[::1]/ http://[::ffff:127.0.0.1]/".split(" "),
    ..."http://[64:ff9b::7f00:1]/ http://[2002:7f00:1::]/ http://[2001::1]/ http://[fd00:ec2::254]/".split(
      " ",
    ),
    ..."http://169.254.169.254/latest/meta-data http://100.100.100.200/ http://①②⑦.0.0.1/".split(" "),
    ..."http://localhost./ https://inside.example/ https://mixed.example/ file:///etc/passwd".split(" "),
    ..."gopher://api.example/ ftp://api.example/ data:text/plain,x https://ann@api.example/".split(" "),
    ..."https://ann:secret@api.example/".split(" "),
  ])("%p is blocked", async (address) => {
    const error = await check(address);
    expect(error).toBeInstanceOf(BlockedAddressError);
    expect(String(error)).not.toContain("secret");
  });

  test("a name that is not found may be found later", async () => {
    expect(await check("https://nowhere.example/")).toBeInstanceOf(TransientError);
    expect(await check("https://empty.example/")).toBeInstanceOf(TransientError);
  });
});

describe("hosts the operator allows", () => {
  test.each([
    ["http://127.0.0.1:4010/", "127.0.0.1:4010"],
    ["http://2130706433:4010/", "127.0.0.1:4010"],
    ["http://[::1]:4010/", "[::1]:4010"],
    ["http://169.254.169.254/", "169.254.169.254"],
    ["https://inside.example/", "inside.example"],
    ["https://INSIDE.example./", "Inside.Example"],
    ["http://inside.example/", "inside.example:80"],
  ])("%p by %p", async (address, allowed) => {
    expect(await check(address, [allowed])).toBeArray();
  });

  test.each([
    ["http://127.0.0.1:4011/", "127.0.0.1:4010"],
    ["http://127.0.0.2:4010/", "127.0.0.1:4010"],
    ["https://inside.example:8443/", "inside.example"],
    ["https://inside.example/", "inside.example:80"],
    ["https://mixed.example/", "example"],
    ["https://rebound.example/", "rebound.example"],
    ["http://127.0.0.1/", ""],
    ["file:///etc/passwd", "127.0.0.1"],
  ])("not %p by %p", async (address, allowed) => {
    expect(await check(address, [allowed])).toBeInstanceOf(BlockedAddressError);
  });
});

describe("a vendor's own addresses", () => {
  const suffixes = ["gong.io", "gong.example"];

  test.each([
    "https://gong.io",
    "https://us-123.api.gong.io/v2",
    " https://API.GONG.IO./ ",
    "https://a.gong.example",
    " gong.io/pasted?along ",
  ])("%p is one", (address) => {
    expect(assertHostSuffix(address, suffixes)).toBeInstanceOf(URL);
  });

  test.each([
    ..."https://gong.io.evil.com https://evilgong.io https://evil.com/gong.io https://evil.com#.gong.io".split(
      " ",
    ),
    ..."https://api.gong.io@evil.com https://evil.com?.gong.io https://ann@api.gong.io".split(" "),
    ..."https://evil.com\\.gong.io https://gong.io%2eevil.com https://api%2egong.io http://api.gong.io".split(
      " ",
    ),
    ..."https://api.gong.io:8443 javascript:alert(1) https://127.0.0.1 https://[::1]".split(" "),
    "",
  ])("%p is not", (address) => {
    expect(() => assertHostSuffix(address, suffixes)).toThrow(InputError);
  });

  test.each(["http://acme.gong.io", "acme.gong.io:8443"])("%p fits but for how it is written", (address) => {
    expect(() => assertHostSuffix(address, suffixes)).toThrow("Give one such as https://acme.gong.io.");
  });

  test("a refusal names the field and gives an example", () => {
    try {
      assertHostSuffix("https://evil.com", suffixes, "address");
    } catch (error) {
      expect(error instanceof InputError && error.details[0]?.field).toBe("address");
      expect(String(error)).toContain("evil.com is not part of gong.io or gong.example");
      expect(String(error)).toContain("Give one such as https://acme.gong.io.");
    }
  });
});
