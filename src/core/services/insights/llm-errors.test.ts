import { describe, expect, test } from "bun:test";
import { AuthError, ItemError, PermanentError, RateLimitedError, TransientError } from "@/core/models/errors";
import { consequenceOf, refusesSchema, retryAfterMs, statusOf } from "./llm-errors";

const failed = (fields: object, cause?: unknown) => Object.assign(new Error("failed", { cause }), fields);

describe("a failed call to a model", () => {
  test("is told apart by what follows from it", () => {
    const kinds: [number, { name: string }][] = [
      [400, ItemError],
      [401, AuthError],
      [402, PermanentError],
      [403, AuthError],
      [404, PermanentError],
      [408, TransientError],
      [413, ItemError],
      [422, ItemError],
      [429, RateLimitedError],
      [500, TransientError],
      [503, TransientError],
    ];
    for (const [statusCode, kind] of kinds) {
      expect(consequenceOf(failed({ statusCode }), "m").name).toBe(kind.name);
    }
    expect(consequenceOf(new TypeError("no connection"), "m")).toBeInstanceOf(TransientError);
    expect(consequenceOf("odd", "m")).toBeInstanceOf(TransientError);
  });

  test("says in plain words what a person can do, and never what was sent", () => {
    const error = failed({ statusCode: 401, requestBodyValues: { messages: ["private text"] } });
    const { explanation } = consequenceOf(error, "gpt");
    expect(explanation).toBe(
      "The model gpt refuses the key (401). Check AI_GATEWAY_API_KEY or INSIGHTS_API_KEY.",
    );
  });

  test("that is typed already stays what it is", () => {
    const error = new ItemError("own");
    expect(consequenceOf(error, "m")).toBe(error);
  });

  test("with an answer that is none of a model says so, and is not asked for again", () => {
    for (const error of [failed({ statusCode: 200 }), failed({ name: "AI_InvalidResponseDataError" })]) {
      const consequence = consequenceOf(error, "m");
      expect(consequence).toBeInstanceOf(PermanentError);
      expect(consequence.message).toBe("The model m answers with what cannot be read.");
    }
  });

  test("that asks to wait for years is tried again within an hour", () => {
    for (const value of ["31536000", "99999999999999999999", "Fri, 01 Jan 2199 00:00:00 GMT"]) {
      const error = consequenceOf(
        failed({ statusCode: 429, responseHeaders: { "retry-after": value } }),
        "m",
      );
      const wait = error instanceof RateLimitedError ? error.retryAt.getTime() - Date.now() : NaN;
      expect(wait).toBeGreaterThan(3_500_000);
      expect(wait).toBeLessThanOrEqual(3_600_000);
    }
  });

  test("is read through the errors that wrap it", () => {
    const inner = failed({ statusCode: 429, responseHeaders: { "retry-after": "3" } });
    const outer = failed({}, inner);
    expect(statusOf(outer)).toBe(429);
    expect(retryAfterMs(outer)).toBe(3_000);
    const loop = failed({});
    loop.cause = loop;
    expect(statusOf(loop)).toBeUndefined();
  });
});

const after = (value: string) =>
  retryAfterMs(failed({ responseHeaders: { "retry-after": value } }), Date.parse("2026-01-01T00:00:00Z"));

describe("Retry-After", () => {
  test("is seconds or a date, never negative, and junk counts as not given", () => {
    expect(after("1.5")).toBe(1_500);
    expect(after("Thu, 01 Jan 2026 00:01:00 GMT")).toBe(60_000);
    expect(after("Wed, 31 Dec 2025 00:00:00 GMT")).toBe(0);
    expect(after("soon")).toBeUndefined();
    expect(retryAfterMs(failed({}))).toBeUndefined();
  });
});

test("a schema counts as refused only when the endpoint says that it is about the format", () => {
  expect(refusesSchema(failed({ statusCode: 400, responseBody: "Unsupported response_format type" }))).toBe(
    true,
  );
  expect(refusesSchema(failed({ statusCode: 422, responseBody: "json_schema is not available" }))).toBe(true);
  expect(refusesSchema(failed({ statusCode: 400, responseBody: "context length exceeded" }))).toBe(false);
  expect(refusesSchema(failed({ statusCode: 500, responseBody: "response_format" }))).toBe(false);
});
