/** JSON Schemas without what clients need not be told: every character of a definition costs each agent context. */
import type { StandardSchemaWithJSON } from "@modelcontextprotocol/server";
import type { z } from "zod";
import { issueWords } from "@/lib/issue-words";

/**
 * The same schema, which says in plain words what does not fit, advertised in fewer characters and converted once: no `$schema` (the default dialect is meant), no
 * bounds that are only those of exact integers, no `propertyNames` that say text, and answers that may grow fields.
 */
export function slimSchema<Schema extends z.ZodObject>(
  schema: Schema,
): StandardSchemaWithJSON<z.input<Schema>, z.output<Schema>> {
  const standard = schema["~standard"];
  const made = new Map<string, Record<string, unknown>>();
  const remember = (key: string, make: () => Record<string, unknown>) => {
    const known = made.get(key) ?? make();
    made.set(key, known);
    return known;
  };
  return {
    "~standard": {
      version: 1,
      vendor: standard.vendor,
      validate: (value) => {
        const { data, error } = schema.safeParse(value);
        if (error === undefined) return { value: data };
        return { issues: error.issues.map((issue) => ({ path: issue.path, message: issueWords(issue) })) };
      },
      jsonSchema: {
        input: (options) =>
          remember(`input ${options.target}`, () => slimObject(standard.jsonSchema.input(options), false)),
        output: (options) =>
          remember(`output ${options.target}`, () => slimObject(standard.jsonSchema.output(options), true)),
      },
    },
  };
}

function slimObject(schema: object, open: boolean): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key, value]) => !isNoise(key, value, open))
      .map(([key, value]) => [key, key === "properties" ? slimEach(value, open) : slim(value, open)]),
  );
}

function slim(value: unknown, open: boolean): unknown {
  if (Array.isArray(value)) return value.map((entry) => slim(entry, open));
  return typeof value === "object" && value !== null ? slimObject(value, open) : value;
}

/** Names of properties are data, not keywords. */
function slimEach(properties: unknown, open: boolean): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties ?? {}).map(([name, value]) => [name, slim(value, open)]),
  );
}

/** `{}` as a schema allows anything, as does none. */
function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

function isNoise(key: string, value: unknown, open: boolean): boolean {
  switch (key) {
    case "$schema":
    case "propertyNames":
      return true;
    case "minimum":
      return value === Number.MIN_SAFE_INTEGER;
    case "maximum":
      return value === Number.MAX_SAFE_INTEGER;
    case "additionalProperties":
      return (open && value === false) || isEmpty(value);
    default:
      return false;
  }
}
