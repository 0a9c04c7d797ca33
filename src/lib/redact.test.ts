import { describe, expect, test } from "bun:test";
import { REDACTED, redact, redactText } from "./redact";
import { cpuTimeOf } from "@test/cpu-time";

const canary = "CANARY0123456789abcdef";

describe("redactText", () => {
  test.each([
    `Authorization: Bearer ${canary}`,
    `Basic ${canary}==`,
    `https://example.com/cb?code=${canary}&state=1`,
    `https://example.com/?a=1&access_token=${canary}`,
    `postgres://ann:${canary}@db.example/stone`,
    `redis://:${canary}@cache.example`,
    `the key is sk-${canary}`,
    `ghp_${canary} leaked`,
    `github_pat_${canary}`,
    `xoxb-${canary}`,
    `eyJhbGciOiJIUzI1NiJ9.${canary}.${canary}`,
  ])("hides the secret in %p", (text) => {
    expect(redactText(text)).not.toContain(canary);
    expect(redactText(text)).toContain(REDACTED);
  });

  test("leaves the rest of the text alone", () => {
    expect(redactText("GET https://example.com/a?page=2 took 12 ms")).toBe(
      "GET https://example.com/a?page=2 took 12 ms",
    );
    expect(redactText(`https://example.com/?token=${canary}&page=2`)).toBe(
      `https://example.com/?token=${REDACTED}&page=2`,
    );
  });

  test("gives the same answer each time it is asked", () => {
    const text = `Bearer ${canary}`;
    expect([redactText(text), redactText(text)]).toEqual([`Bearer ${REDACTED}`, `Bearer ${REDACTED}`]);
  });

  test("is fast on long text without secrets", async () => {
    const took = await cpuTimeOf(() => {
      redactText("a:/".repeat(100_000));
      redactText("a.b-c+d".repeat(50_000));
      redactText("-eyJaaaaaaaaaa".repeat(30_000));
      redactText("?code".repeat(50_000));
    });
    expect(took).toBeLessThan(2_000);
  });
});

describe("redact", () => {
  test("hides values by the name of their key, in any spelling and depth", () => {
    const value = {
      apiKey: canary,
      nested: [{ access_token: canary, "x-api-key": canary, Password: canary }],
    };
    expect(JSON.stringify(redact(value))).not.toContain(canary);
    expect(redact({ apiKey: undefined, title: "kept" })).toEqual({ apiKey: undefined, title: "kept" });
  });

  test("shows an error with its cause, without their secrets", () => {
    const error = new Error(`refused: Bearer ${canary}`, { cause: new Error(`sk-${canary}`) });
    const shown = JSON.stringify(redact({ error }));
    expect(shown).toContain("refused");
    expect(shown).toContain("stack");
    expect(shown).not.toContain(canary);
  });

  test("bounds what it shows: depth, lists, bytes", () => {
    const loop: Record<string, unknown> = {};
    loop["self"] = loop;
    expect(JSON.stringify(redact(loop))).toContain("[too deep]");
    expect(redact(new Uint8Array(5))).toBe("[5 bytes]");
    expect(redact(Array.from({ length: 500 }, () => 1))).toHaveLength(100);
    expect(redact({ at: new Date(0), big: 10n })).toEqual({ at: "1970-01-01T00:00:00.000Z", big: "10" });
  });
});

test("a failed query is told without the values that were bound to it", () => {
  const error = new Error("Failed query: insert into t values (?)\nparams: a whole\n    at document", {
    cause: new Error("database or disk is full"),
  });
  const told = JSON.stringify(redact(error));
  expect(told).toContain("insert into t values (?)");
  expect(told).toContain("disk is full");
  expect(told).toContain("redact.test.ts");
  expect(told).not.toContain("whole");
  expect(told).not.toContain("at document");
});
