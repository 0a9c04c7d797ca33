import { describe, expect, test } from "bun:test";
import { ruleFor, rules } from "./route-rules";

describe("the rule for a request", () => {
  test.each([
    ["GET", "/", "open"],
    ["GET", "/search", "open"],
    ["GET", "/assets/files.svg", "open"],
    ["GET", "/healthz", "open"],
    ["GET", "/apis", "open"],
    ["POST", "/api/login", "open"],
    ["GET", "/readyz", "local"],
    ["GET", "/metrics", "local"],
    ["GET", "/mcp", "read"],
    ["DELETE", "/mcp", "read"],
    ["HEAD", "/api/runs", "read"],
    ["POST", "/api/sync/Files", "sync"],
    ["POST", "/api/sync/updates/Files", "sync"],
    ["DELETE", "/api/sync/Files", "admin"],
    // What the table does not know is closed, however near it is to something open.
    ["GET", "/api", "admin"],
    ["GET", "/api/", "admin"],
    ["GET", "/api/new-route", "admin"],
    ["GET", "/api/login", "admin"],
    ["POST", "/api/login/x", "admin"],
    ["POST", "/api//login", "admin"],
    ["OPTIONS", "/api/runs", "admin"],
    ["PUT", "/api/runs", "admin"],
    ["GET", "/api/runs/", "admin"],
    ["GET", "/api/artifacts/a/b", "admin"],
  ] as const)("%s %s takes: %s", (method, path, needs) => {
    expect(ruleFor(method, path).needs).toBe(needs);
  });

  test("lets nobody in unasked but for a login, a logout and what a source announces, signed", () => {
    const isOpen = ([name, { needs }]: [string, { needs: string }]) =>
      needs === "open" && !name.startsWith("GET ");
    expect(
      Object.entries(rules)
        .filter(isOpen)
        .map(([name]) => name),
    ).toEqual(["POST /api/login", "POST /api/logout", "POST /api/webhooks/{integration}"]);
  });

  test("names what the path stands for, decoded where it can be", () => {
    expect(ruleFor("DELETE", "/api/tokens/a%20b").subject).toBe("a b");
    expect(ruleFor("DELETE", "/api/tokens/%E0%A4%A").subject).toBe("%E0%A4%A");
    expect(ruleFor("POST", "/api/tokens").subject).toBeUndefined();
  });
});
