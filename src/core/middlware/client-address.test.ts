import { describe, expect, test } from "bun:test";
import { clientFinder } from "./client-address";

const find = clientFinder(["127.0.0.1", "10.0.0.0/8", "fd00::/8"]);
const forwarded = (value: string) => new Headers({ "X-Forwarded-For": value });

describe("the client's address", () => {
  test.each([
    // Nobody vouches for a stranger's word.
    ["203.0.113.1", "1.2.3.4", "203.0.113.1"],
    ["10.0.0.5", "203.0.113.9", "203.0.113.9"],
    ["::ffff:10.0.0.5", "203.0.113.9", "203.0.113.9"],
    ["fd00::1", "2001:db8::9", "2001:db8::9"],
    // From the end: what a client writes itself stands before what proxies add.
    ["10.0.0.5", "1.2.3.4, 203.0.113.9", "203.0.113.9"],
    ["10.0.0.5", "1.2.3.4,203.0.113.9 , 10.0.0.6", "203.0.113.9"],
    ["10.0.0.5", "127.0.0.1, 203.0.113.9", "203.0.113.9"],
    ["10.0.0.5", "203.0.113.9:4711", "203.0.113.9"],
    ["10.0.0.5", "[2001:db8::9]:4711", "2001:db8::9"],
    // What is no address ends the search.
    ["10.0.0.5", "203.0.113.9, unknown", "10.0.0.5"],
    ["10.0.0.5", "203.0.113.9, unknown, 10.0.0.6", "10.0.0.6"],
    ["10.0.0.5", "", "10.0.0.5"],
    ["10.0.0.5", "10.0.0.7", "10.0.0.7"],
    ["", "203.0.113.9", ""],
  ])("of %s with X-Forwarded-For '%s' is %s", (peer, header, address) => {
    expect(find(peer, forwarded(header)).address).toBe(address);
  });

  test("is local only without any proxy", () => {
    expect(find("127.0.0.1", new Headers()).isLocal).toBe(true);
    expect(find("::1", new Headers()).isLocal).toBe(true);
    expect(find("::ffff:127.0.0.1", new Headers()).isLocal).toBe(true);
    expect(find("10.0.0.5", new Headers()).isLocal).toBe(false);
    for (const name of ["X-Forwarded-For", "Forwarded", "X-Real-IP"]) {
      expect(find("127.0.0.1", new Headers({ [name]: "127.0.0.1" })).isLocal).toBe(false);
    }
  });
});
