import { expect, test } from "bun:test";
import { isLoopback, urlHost } from "./host-name";

test.each(["localhost", "LOCALHOST", "127.0.0.1", "127.1.2.3", "::1", "[::1]"])(
  "%s is this machine",
  (host) => {
    expect(isLoopback(host)).toBe(true);
  },
);

test.each([
  "0.0.0.0",
  "::",
  "10.0.0.1",
  "localhost.evil.com",
  "127.0.0.1.nip.io",
  "127.1",
  "",
  "[::ffff:1.2.3.4]",
])("%p may be reached by others", (host) => expect(isLoopback(host)).toBe(false));

test("put IPv6 addresses in brackets once", () => {
  expect(urlHost("::1")).toBe("[::1]");
  expect(urlHost("[::1]")).toBe("[::1]");
  expect(urlHost("localhost")).toBe("localhost");
});
