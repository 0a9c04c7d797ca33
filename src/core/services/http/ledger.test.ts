import { expect, test } from "bun:test";
import { createRequestLedger, type LedgerEntry, pathTemplate } from "./ledger";

const entry = (over: Partial<LedgerEntry> = {}): LedgerEntry => ({
  at: "2026-05-01T00:00:00.000Z",
  method: "GET",
  host: "api.example",
  path: "/v1/pages",
  status: 200,
  ms: 3,
  bytes: 10,
  waitedMs: 0,
  attempt: 1,
  error: undefined,
  ...over,
});

test("keeps the latest requests and the sums of all", () => {
  const ledger = createRequestLedger(2);
  ledger.record(entry({ path: "/a" }));
  ledger.record(entry({ path: "/b", error: "transient", bytes: 0 }));
  ledger.record(entry({ path: "/c" }));
  expect(ledger.entries().map(({ path }) => path)).toEqual(["/b", "/c"]);
  expect(ledger.totals()).toEqual({ requests: 3, failures: 1, bytes: 20 });
});

test.each([
  ["https://a.example/v2/calls/7782342274025937895/transcript", "/v2/calls/:id/transcript"],
  ["https://a.example/v1/pages/2f1c0d5e-9c1b-4a57-b3f0-2a0b9d6a7e11/markdown", "/v1/pages/:id/markdown"],
  [
    "https://a.example/api/v10/guilds/81384788765712384/channels?limit=100&after=secret",
    "/api/v10/guilds/:id/channels?limit&after",
  ],
  ["https://a.example/hooks/T024BE7LD/B024BE7LH/aBcDeFgHiJkLmNoPqRsTuVwX", "/hooks/:id/:id/:id"],
  ["https://a.example/users/ann%40example.com", "/users/:id"],
  ["https://a.example/?ya29.a0AfH6SM=1", "/?:name"],
  ["https://a.example/me/drafts.list", "/me/drafts.list"],
])("the path of %p is told as %p", (url, path) => {
  expect(pathTemplate(new URL(url))).toBe(path);
});

test("a path without end is cut", () => {
  expect(pathTemplate(new URL(`https://a.example${"/a".repeat(500)}`)).length).toBeLessThan(40);
});
