import { describe, expect, test } from "bun:test";
import { detailOf, looksLikeHtml, secretsIn } from "./answer-text";

const detail = (body: unknown, type = "application/json", secrets: string[] = []) => {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return detailOf(new Headers({ "Content-Type": type }), new TextEncoder().encode(text), secrets);
};

describe("the words of a refusal", () => {
  test.each([
    [{ message: "Not valid.", code: "validation_error" }, "Not valid. (validation_error)"],
    [
      { error: "invalid_grant", error_description: "Token was revoked." },
      "Token was revoked. (invalid_grant)",
    ],
    [{ error: { message: "Quota exceeded", code: 403 } }, "Quota exceeded"],
    [{ requestId: "r", errors: ["No calls found", "more"] }, "No calls found"],
    [{ errors: [{ message: "Field 'x' is unknown" }] }, "Field 'x' is unknown"],
    [{ title: "Bad", detail: "Worse" }, "Worse"],
    [{ error: "", message: "" }, '{"error":"","message":""}'],
    ["plain words", "plain words"],
    ["", ""],
  ])("%p are %p", (body, words) => {
    expect(detail(body)).toBe(words);
  });

  test("a web page, a picture and a deep nest have none", () => {
    expect(detail("<html>secret page", "text/html")).toBe("");
    expect(detail("<!doctype html>secret page", "application/json")).toBe("");
    expect(detail("\u0000\u0001", "image/png")).toBe("");
    expect(detail('{"error":'.repeat(1_000) + "1" + "}".repeat(1_000)).length).toBeLessThanOrEqual(300);
  });

  test("are one short clean line without secrets", () => {
    const words = detail({ message: `a\nb\u001B[31m ${"x".repeat(1_000)}` });
    expect(words).toStartWith("a b x");
    expect(words.length).toBeLessThanOrEqual(300);
    const long = detail({ error: "invalid_grant", error_description: "x".repeat(1_000) });
    expect([long.length, long.slice(-16)]).toEqual([300, " (invalid_grant)"]);
    expect(detail("key my-own-key is bad", "text/plain", ["my-own-key"])).toBe("key [redacted] is bad");
    expect(detail("Bearer abcdefgh12345678", "text/plain")).not.toContain("abcdefgh");
  });
});

test("every part of a credential is a secret, short common words are not", () => {
  const basic = Buffer.from("access-key:the-secret").toString("base64");
  expect(secretsIn([`Basic ${basic}`, "Bot token-123", "v1"]).sort()).toEqual(
    [
      `Basic ${basic}`,
      basic,
      "access-key:the-secret",
      "access-key",
      "the-secret",
      "Bot token-123",
      "token-123",
    ].sort(),
  );
});

test("a web page is known by its type or its beginning", () => {
  expect(looksLikeHtml(new Headers({ "content-type": "text/html;charset=utf-8" }), "{}")).toBe(true);
  expect(looksLikeHtml(new Headers(), "\n <!DOCTYPE html>")).toBe(true);
  expect(looksLikeHtml(new Headers(), '{"a":"<html>"}')).toBe(false);
});
