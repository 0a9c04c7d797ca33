import { describe, expect, test } from "bun:test";
import { assert, integer, property, string } from "fast-check";
import { exhaustedWait, LONGEST_HINT_MS, saysExhausted, waitHint } from "./wait-hints";

const now = Date.parse("2026-03-01T12:00:00Z");
const hint = (headers: Record<string, string>) => waitHint(new Headers(headers), now);

describe("Retry-After", () => {
  test.each([
    ["2", 2_000],
    ["0.25", 250],
    [" 7 ", 7_000],
    ["7200", 7_200_000],
    ["315360000", LONGEST_HINT_MS],
    ["99999999999999999999", LONGEST_HINT_MS],
    ["Sun, 01 Mar 2026 12:00:30 GMT", 30_000],
    ["Sunday, 01-Mar-26 12:00:30 GMT", 30_000],
    ["Wed, 01 Mar 2036 12:00:30 GMT", LONGEST_HINT_MS],
  ])("%p is a wait of %p ms", (text, ms) => {
    expect(hint({ "Retry-After": text })).toBe(ms);
  });

  test.each([
    "0",
    "-5",
    "",
    "soon",
    "soon 5",
    "1e9",
    "NaN",
    "0x10",
    "Sun, 01 Mar 2020 12:00:00 GMT",
    "Sun, 99",
  ])("%p says nothing, so the backoff decides", (text) => {
    expect(hint({ "Retry-After": text })).toBeUndefined();
  });

  test("a date is measured by the server's own clock, however wrong ours is", () => {
    const headers = { Date: "Sun, 01 Mar 2026 12:10:00 GMT", "Retry-After": "Sun, 01 Mar 2026 12:10:20 GMT" };
    expect(hint(headers)).toBe(20_000);
    expect(waitHint(new Headers(headers), Date.parse("2031-01-01T00:00:00Z"))).toBe(20_000);
  });
});

describe("rate-limit headers", () => {
  test.each([
    [{ "X-RateLimit-Reset": String(now / 1_000 + 45) }, 45_000],
    [{ "X-RateLimit-Reset": String(now + 45_000) }, 45_000],
    [{ "X-RateLimit-Reset": "45" }, 45_000],
    [{ "X-RateLimit-Reset": "2026-03-01T12:00:45Z" }, 45_000],
    [{ "RateLimit-Reset": "12" }, 12_000],
    [{ "X-RateLimit-Reset-After": "1.336" }, 1_336],
    [{ RateLimit: '"default";r=0;t=30' }, 30_000],
    [{ RateLimit: "limit=10, remaining=0, reset=9" }, 9_000],
    [{ "Retry-After-Ms": "1500" }, 1_500],
  ])("%p", (headers, ms) => {
    expect(hint(headers as unknown as Record<string, string>)).toBe(ms);
  });

  test("Retry-After comes before the rest; a useless one leaves it to the rest", () => {
    expect(hint({ "Retry-After": "3", "X-RateLimit-Reset": "45" })).toBe(3_000);
    expect(hint({ "Retry-After": "-3", "X-RateLimit-Reset": "45" })).toBe(45_000);
  });

  test("the wait before nothing is left is only asked for when nothing is left", () => {
    const reset = { "X-RateLimit-Reset-After": "2.5" };
    expect(exhaustedWait(new Headers({ ...reset, "X-RateLimit-Remaining": "0" }), now)).toBe(2_500);
    expect(exhaustedWait(new Headers({ ...reset, "X-RateLimit-Remaining": "1" }), now)).toBeUndefined();
    expect(exhaustedWait(new Headers(reset), now)).toBeUndefined();
    expect(saysExhausted(new Headers({ RateLimit: '"default";r=0;t=30' }))).toBe(true);
    expect(saysExhausted(new Headers({ RateLimit: '"default";r=7;t=30' }))).toBe(false);
  });
});

test("whatever a header holds, the wait is positive and at most a day", () => {
  const fits = (text: string) => {
    const printable = text.replace(/[^\x20-\x7e]/g, "");
    const ms = hint({ "Retry-After": printable, "X-RateLimit-Reset": printable });
    return ms === undefined || (ms > 0 && ms <= LONGEST_HINT_MS);
  };
  assert(property(string(), fits));
  assert(property(integer(), (value) => fits(String(value))));
});
