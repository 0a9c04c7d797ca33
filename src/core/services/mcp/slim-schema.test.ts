import { describe, expect, test } from "bun:test";
import { z } from "zod";
import { slimSchema } from "./slim-schema";

const target = { target: "draft-2020-12" } as const;
const shape = {
  $schema: z.string(),
  count: z.number().int(),
  few: z.number().int().min(1).max(5),
  by: z.record(z.string(), z.number()),
  any: z.record(z.string(), z.unknown()),
};

describe("a slim schema", () => {
  test("keeps what says something, property names among it", () => {
    const { input, output } = slimSchema(z.strictObject(shape))["~standard"].jsonSchema;
    const properties = {
      $schema: { type: "string" },
      count: { type: "integer" },
      few: { type: "integer", minimum: 1, maximum: 5 },
      by: { type: "object", additionalProperties: { type: "number" } },
      any: { type: "object" },
    };
    const required = ["$schema", "count", "few", "by", "any"];
    expect(input(target)).toEqual({ type: "object", properties, required, additionalProperties: false });
    expect(output(target)).toEqual({ type: "object", properties, required });
  });

  test("checks as the full one does", async () => {
    const { validate } = slimSchema(z.strictObject({ a: z.string().default("x") }))["~standard"];
    expect(await validate({})).toEqual({ value: { a: "x" } });
    expect((await validate({ b: 1 })).issues).toHaveLength(1);
    const bounded = slimSchema(z.strictObject({ text: z.string(), few: z.number().max(5).optional() }));
    const said = await bounded["~standard"].validate({ few: 9 });
    expect(said.issues?.map(({ path, message }) => [path, message])).toEqual([
      [["text"], "is missing; it takes text"],
      [["few"], "takes at most 5"],
    ]);
  });

  test("is converted once", () => {
    const { input } = slimSchema(z.object(shape))["~standard"].jsonSchema;
    expect(input(target)).toBe(input(target));
  });
});
