import { expect, test } from "bun:test";
import { limitIn } from "./limits";

const now = Date.parse("2026-05-01T12:00:00Z");
const inSeconds = (seconds: number) => String(now / 1_000 + seconds);
const spent = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": inSeconds(1_800) };
const plenty = { "x-ratelimit-remaining": "4000", "x-ratelimit-reset": inSeconds(1_800) };
const secondary = { message: "You have exceeded a secondary rate limit. Please wait a few minutes." };
const graphql = { errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }] };

test.each<[string, number, Record<string, string>, unknown, number | undefined]>([
  ["the hourly limit, until its window ends", 403, spent, { message: "API rate limit exceeded" }, 1_800],
  ["the hourly limit with 429", 429, spent, {}, 1_800],
  ["a secondary limit for as long as it says", 403, { ...plenty, "retry-after": "7" }, secondary, 7],
  ["a secondary limit that does not say, for a minute and not for the hour", 403, plenty, secondary, 60],
  ["GraphQL's limit, which comes with 200", 200, spent, graphql, 1_800],
  [
    "a window that has ended already, for a minute",
    429,
    { ...spent, "x-ratelimit-reset": inSeconds(-5) },
    {},
    60,
  ],
  [
    "a lack of rights is none",
    403,
    plenty,
    { message: "Resource not accessible by personal access token" },
    undefined,
  ],
  ["nothing found is none", 404, plenty, { message: "Not Found" }, undefined],
  [
    "GraphQL's other errors are none",
    200,
    plenty,
    { errors: [{ type: "NOT_FOUND", message: "x" }] },
    undefined,
  ],
  ["a list is none", 200, plenty, [{ id: 1 }], undefined],
])("%s", (_case, status, headers, json, seconds) => {
  const found = limitIn({ status, headers: new Headers(headers), json, now });
  expect(found === undefined ? undefined : (found.retryAt.getTime() - now) / 1_000).toBe(seconds);
});

test("GitHub's own clock counts, not this machine's", () => {
  const date = new Date(now + 600_000).toUTCString();
  const found = limitIn({ status: 403, headers: new Headers({ ...spent, date }), json: {}, now });
  expect(found?.retryAt.getTime()).toBe(now + 1_200_000);
});
