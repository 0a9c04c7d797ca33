import { describe, expect, test } from "bun:test";
import { assert, double, integer, property } from "fast-check";
import { AuthError, PermanentError, RateLimitedError, TransientError } from "@/core/models/errors";
import { MissingError } from "./errors";
import { decideRetry, DEFAULT_POLICY } from "./retry-decision";

const transient = new TransientError("503");
const limited = new RateLimitedError("429", new Date(0));
const first = { attempt: 1, elapsedMs: 0, random: 0.5 };

describe("what is tried again", () => {
  test("passing trouble, with a doubling ceiling and full jitter", () => {
    const waits = [1, 2, 3, 4, 5].map(
      (attempt) => decideRetry({ error: transient }, { ...first, attempt, random: 1 }, DEFAULT_POLICY).waitMs,
    );
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000]);
    expect(decideRetry({ error: transient }, { ...first, random: 0 }, DEFAULT_POLICY)).toEqual({
      retry: true,
      waitMs: 0,
      reason: "passing trouble",
    });
  });

  test("a short wait asked for is kept in full, and lengthened by at most a tenth", () => {
    for (const random of [0, 0.5, 1]) {
      const { retry, waitMs } = decideRetry(
        { error: limited, waitMs: 5_000 },
        { ...first, random },
        DEFAULT_POLICY,
      );
      expect(retry).toBe(true);
      expect(waitMs).toBeGreaterThanOrEqual(5_000);
      expect(waitMs).toBeLessThanOrEqual(5_500);
    }
  });

  test("a rate limit without a hint backs off like other trouble", () => {
    expect(decideRetry({ error: limited }, first, DEFAULT_POLICY).waitMs).toBe(250);
  });
});

describe("what is not tried again", () => {
  test.each([
    ["a refused credential", new AuthError("401")],
    ["a refused request", new PermanentError("400")],
    ["something missing", new MissingError("404", { status: 404, detail: "" })],
  ])("%s", (_name, error) => {
    expect(decideRetry({ error }, first, DEFAULT_POLICY).retry).toBe(false);
  });

  test("a wait of two hours: the run parks instead of sitting it out", () => {
    const decision = decideRetry({ error: limited, waitMs: 7_200_000 }, first, DEFAULT_POLICY);
    expect(decision).toEqual({ retry: false, waitMs: 0, reason: "the source asks for a long wait" });
  });

  test("the attempt after the last, and one that would end too late", () => {
    expect(decideRetry({ error: transient }, { ...first, attempt: 6 }, DEFAULT_POLICY).reason).toContain(
      "6 attempts",
    );
    const late = { ...first, elapsedMs: 299_999, attempt: 5 };
    expect(decideRetry({ error: transient }, late, DEFAULT_POLICY).reason).toContain("time");
  });
});

test("no combination gives a hot loop beyond the attempts or a wait beyond the policy", () => {
  assert(
    property(integer({ min: 1, max: 40 }), double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
      const decision = decideRetry({ error: transient }, { attempt, elapsedMs: 0, random }, DEFAULT_POLICY);
      return decision.retry === attempt < 6 && decision.waitMs <= 30_000;
    }),
  );
});
