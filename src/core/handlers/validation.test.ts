import { describe, expect, test } from "bun:test";
import { z } from "@hono/zod-openapi";
import { InputError } from "@/core/models/errors";
import { explain, refuse } from "./validation";

const schema = z.strictObject({
  name: z.string().min(2).max(4),
  count: z.number().int().min(1),
  colour: z.enum(["red", "blue"]),
  tags: z.array(z.string()).max(1),
  either: z.union([z.string(), z.array(z.string())]),
  nested: z.strictObject({ on: z.boolean() }),
  since: z.iso.datetime().optional(),
});
const good = { name: "Ada", count: 1, colour: "red", tags: [], either: "x", nested: { on: true } };

function wordsFor(change: Record<string, unknown>): string[] {
  const parsed = schema.safeParse({ ...good, ...change });
  const issues = parsed.success ? [] : parsed.error.issues;
  return issues
    .flatMap((issue) => explain(issue, ["name", "count"]))
    .map(({ field, message }) => `${field} ${message}`);
}

describe("a request that does not fit", () => {
  const cases: [Record<string, unknown>, string][] = [
    [{ name: 5 }, "name takes text"],
    [{ name: undefined }, "name is missing; it takes text"],
    [{ name: "A" }, "name takes at least 2 character(s)"],
    [{ name: "Adams" }, "name takes at most 4 character(s)"],
    [{ count: "1" }, "count takes a number"],
    [{ count: 1.5 }, "count takes a whole number"],
    [{ count: 0 }, "count takes at least 1"],
    [{ colour: "green" }, "colour takes one of red, blue"],
    [{ tags: ["a", "b"] }, "tags takes at most 1 entries"],
    [{ tags: [1] }, "tags.0 takes text"],
    [{ either: 1 }, "either takes text or a list"],
    [{ nested: { on: "yes" } }, "nested.on takes true or false"],
    [{ nested: { on: true, off: 1 } }, "nested.off is not known here; nothing of that name is taken"],
    [{ since: "yesterday" }, "since takes an ISO-8601 time in UTC such as 2026-05-01T09:00:00Z"],
    [{ extra: 1 }, "extra is not known here; it takes name, count"],
  ];
  test.each(cases)("is told field by field: %j", (change, words) =>
    expect(wordsFor(change)).toEqual([words]),
  );

  test("becomes one error with all of its fields", () => {
    const hook = refuse({ request: { query: schema } });
    const parsed = schema.safeParse({ ...good, name: 1, extra: 2 });
    expect(hook({ target: "query", success: true })).toBeUndefined();
    const attempt = () =>
      hook({ target: "query", success: false, error: parsed.error ?? new z.ZodError([]) });
    expect(attempt).toThrow(InputError);
    expect(attempt).toThrow("name takes text; extra is not known here; it takes name, count, colour");
  });
});
