import { expect, test } from "bun:test";
import type { ProviderRequest } from "@/core/models/system";
import { matchingRequests, toOutcome } from "./request-filter";

const request = (path: string, over: Partial<ProviderRequest> = {}): ProviderRequest => ({
  at: "2026-04-14T09:30:00.000Z",
  method: "GET",
  host: "api.example.com",
  path,
  status: 200,
  waitedMs: 0,
  ms: 120,
  bytes: 900,
  attempt: 1,
  error: null,
  ...over,
});
const requests = [
  request("/issues"),
  request("/issues/:id", { status: 404, error: "permanent" }),
  request("/graphql", { method: "POST", status: null, error: "transient" }),
  request("/graphql", { method: "POST", attempt: 2, waitedMs: 4_000 }),
];
const shown = (...args: [Parameters<typeof matchingRequests>[1], string]) =>
  matchingRequests(requests, ...args).map(({ path, attempt }) => `${path} ${attempt}`);

test("requests are found by how they ended and by any word of theirs", () => {
  expect(shown("all", "")).toHaveLength(4);
  expect(shown("failed", "")).toEqual(["/issues/:id 1", "/graphql 1"]);
  expect(shown("waited", "")).toEqual(["/graphql 2"]);
  expect(shown("all", " post ")).toEqual(["/graphql 1", "/graphql 2"]);
  expect(shown("failed", "404")).toEqual(["/issues/:id 1"]);
  expect(shown("all", "api.EXAMPLE.com/issues")).toEqual(["/issues 1", "/issues/:id 1"]);
  expect([toOutcome("failed"), toOutcome("nonsense")]).toEqual(["failed", "all"]);
});
