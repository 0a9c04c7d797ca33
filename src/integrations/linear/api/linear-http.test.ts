import { describe, expect, test } from "bun:test";
import type { JsonValue } from "@/core/models/artifact";
import { RateLimitedError, type StoneturnerError } from "@/core/models/errors";
import { costOf, faultsOf } from "../../../../test/fakes/linear/graphql";
import { filterOf, itemQuery, kinds, listQuery } from "./kinds";
import { errorIn } from "./linear-http";

const now = Date.parse("2026-05-01T10:00:00Z");

function read(
  status: number,
  extensions: Record<string, unknown> | undefined,
  message = "Something",
  headers = {},
) {
  const json = { errors: [{ message, extensions }], data: null };
  return errorIn({ status, headers: new Headers(headers), json, now });
}

describe("an answer with errors", () => {
  test("says by its code what follows, whatever the status", () => {
    const kindOf = (error: StoneturnerError | undefined) => error?.name;
    expect(kindOf(read(401, { code: "AUTHENTICATION_ERROR" }))).toBe("AuthError");
    expect(kindOf(read(400, { type: "authentication error" }))).toBe("AuthError");
    expect(kindOf(read(400, { code: "RATELIMITED" }))).toBe("RateLimitedError");
    expect(kindOf(read(200, { code: "INPUT_ERROR" }, "Entity not found: Issue"))).toBe("MissingError");
    expect(kindOf(read(200, { type: "forbidden" }))).toBe("ForbiddenError");
    expect(kindOf(read(200, { type: "internal error" }))).toBe("TransientError");
    expect(kindOf(read(200, undefined, "Half of it failed"))).toBe("PermanentError");
    // A query that Linear finds wrong is left to the status, which refuses it for good.
    expect(read(400, { code: "GRAPHQL_VALIDATION_FAILED" })).toBeUndefined();
    expect(errorIn({ status: 200, headers: new Headers(), json: { data: {} }, now })).toBeUndefined();
  });

  test("repeats the words that Linear means for people", () => {
    const error = read(200, { userPresentableMessage: "Your trial\nis over." }, "FeatureError");
    expect(error?.message).toBe("Linear answered with 200: Your trial is over.");
  });

  test("about a limit waits for the budget that is used up, not for the others", () => {
    const wait = (headers: Record<string, string>) => {
      const error = read(400, { code: "RATELIMITED" }, "Rate limit exceeded", headers);
      return error instanceof RateLimitedError ? error.retryAt.getTime() - now : undefined;
    };
    const budget = (name: string, left: number, inMs: number) => ({
      [`x-ratelimit-${name}-remaining`]: String(left),
      [`x-ratelimit-${name}-reset`]: String(now + inMs),
    });
    expect(wait({ ...budget("requests", 900, 3_000_000), ...budget("complexity", 0, 90_000) })).toBe(90_000);
    expect(wait({ ...budget("requests", 0, 5_000), ...budget("complexity", -3, 9_000) })).toBe(9_000);
    expect(wait({ "retry-after": "7" })).toBe(7_000);
    expect(wait(budget("requests", 0, -5_000))).toBe(60_000);
    expect(wait(budget("requests", 0, 1e12))).toBe(24 * 3_600_000);
  });
});

describe("the queries", () => {
  const cost = (query: string) => costOf({ query, variables: {} });

  test("fit Linear's schema and stay below what one query may cost", () => {
    for (const kind of kinds) {
      for (const query of [listQuery(kind), itemQuery(kind)]) {
        expect([kind.name, faultsOf({ query, variables: {} })]).toEqual([kind.name, []]);
        expect(cost(query)).toBeLessThan(9_500);
      }
    }
  });

  test("cost an issue so little that thousands can be read in an hour", () => {
    const [issue] = kinds;
    if (issue?.name !== "issue") throw new Error("Issues come first.");
    expect(250_000 / (cost(listQuery(issue)) / issue.first)).toBeGreaterThan(2_400);
  });

  test("are narrowed by nothing, by choice, by time, or by both", () => {
    const [issue] = kinds;
    if (issue === undefined) throw new Error("There are no kinds.");
    expect(filterOf(issue, { teams: [] }, null)).toEqual({});
    const team: JsonValue = { team: { or: [{ key: { in: ["ENG"] } }, { name: { in: ["ENG"] } }] } };
    const day = { updatedAt: { gte: "2026-01-01" } };
    expect(filterOf(issue, { teams: ["ENG"], since: "2026-01-01" }, null)).toEqual({ and: [team, day] });
    const time = { gte: "2026-05-01T00:00:00.000Z" };
    const changed = [
      { updatedAt: time },
      { comments: { some: { updatedAt: time } } },
      { attachments: { some: { updatedAt: time } } },
      { children: { some: { updatedAt: time } } },
    ];
    const narrowed: unknown = filterOf(issue, { teams: [] }, time.gte);
    expect(narrowed).toEqual({ and: [{ or: changed }] });
  });
});
