import { describe, expect, test } from "bun:test";
import { RateLimitedError } from "@/core/models/errors";
import { createLoginLimiter, type LimiterOptions } from "./login-limiter";

function limiter(options: Partial<LimiterOptions> = {}) {
  let time = 1_000_000;
  const made = createLoginLimiter({ ...options, now: () => time });
  const isLocked = (address: string) => {
    try {
      made.begin(address);
      return false;
    } catch (error) {
      expect(error).toBeInstanceOf(RateLimitedError);
      return true;
    }
  };
  return { ...made, isLocked, pass: (ms: number) => void (time += ms) };
}

describe("the login limiter", () => {
  test("holds back longer with each wrong password, up to a second", () => {
    const { begin } = limiter();
    expect([1, 2, 3, 4, 5].map(() => begin("10.0.0.1"))).toEqual([0, 200, 400, 800, 1_000]);
  });

  test("locks one address out for a while, and says until when", () => {
    const at = limiter();
    for (let index = 0; index < 5; index++) expect(at.isLocked("10.0.0.1")).toBe(false);
    expect(at.isLocked("10.0.0.1")).toBe(true);
    expect(at.isLocked("10.0.0.2")).toBe(false);
    at.pass(15 * 60_000 - 1);
    expect(at.isLocked("10.0.0.1")).toBe(true);
    at.pass(1);
    expect(at.isLocked("10.0.0.1")).toBe(false);
  });

  test("names what really ends a lock", () => {
    const at = limiter();
    for (let index = 0; index < 5; index++) at.begin("10.0.0.1");
    expect(() => at.begin("10.0.0.1")).toThrow(
      expect.objectContaining({ action: expect.stringContaining("restart the server") }),
    );
  });

  test("forgets an address that had the right one", () => {
    const at = limiter();
    for (let index = 0; index < 4; index++) at.begin("10.0.0.1");
    at.succeed("10.0.0.1");
    expect(at.begin("10.0.0.1")).toBe(0);
  });

  test("takes an IPv6 network for one stranger", () => {
    const at = limiter();
    for (let index = 0; index < 5; index++) at.begin(`2001:db8:1:2::${index}`);
    expect(at.isLocked("2001:db8:1:2:ffff::1")).toBe(true);
    expect(at.isLocked("2001:db8:1:3::1")).toBe(false);
  });

  test("limits all addresses together, for a minute", () => {
    const at = limiter();
    for (let index = 0; index < 30; index++) at.begin(`10.0.1.${index}`);
    expect(at.isLocked("10.0.2.1")).toBe(true);
    at.pass(60_000);
    expect(at.isLocked("10.0.2.1")).toBe(false);
  });

  test("remembers a bounded number of addresses, the latest", () => {
    const at = limiter({ perAddress: 1, perMinute: 1_000_000, addresses: 100 });
    for (let index = 0; index < 101; index++) at.begin(`10.0.${index}.1`);
    expect(at.isLocked("10.0.100.1")).toBe(true);
    expect(at.isLocked("10.0.0.1")).toBe(false);
  });
});
