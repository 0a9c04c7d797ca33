/** Plain words for what a request got wrong: every field by name, and what it takes. */
import { InputError, type InputIssue } from "@/core/models/errors";
import { issueWords } from "@/lib/issue-words";
import { z } from "@hono/zod-openapi";

type Issue = z.core.$ZodIssue;

/** The parts of a route that requests are checked against. */
interface CheckedRoute {
  request?: {
    query?: unknown;
    params?: unknown;
    body?: { content: Record<string, { schema?: unknown } | undefined> };
  };
}

type Outcome = { target: string } & ({ success: true } | { success: false; error: z.ZodError });

/**
 * A validation hook for `route`: refuses a request that does not fit, naming the fields.
 *
 * @throws InputError (400).
 */
export function refuse(route: CheckedRoute): (outcome: Outcome) => undefined {
  return (outcome) => {
    if (outcome.success) return;
    const known = knownFields(route, outcome.target);
    const issues = outcome.error.issues.flatMap((issue) => explain(issue, known));
    const lines = issues.map((issue) => `${issue.field} ${issue.message}`);
    throw new InputError(`The request does not fit: ${lines.join("; ")}.`, issues);
  };
}

function knownFields({ request }: CheckedRoute, target: string): string[] {
  const bodySchema = request?.body?.content["application/json"]?.schema;
  const schema = target === "query" ? request?.query : target === "param" ? request?.params : bodySchema;
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

/** One issue of zod's in plain words; an unknown-fields issue becomes one a field. */
export function explain(issue: Issue, known: readonly string[]): InputIssue[] {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    const takes =
      known.length === 0 || path.length > 0
        ? "nothing of that name is taken"
        : `it takes ${known.join(", ")}`;
    return issue.keys.map((key) => ({
      field: [...path, key].join("."),
      message: `is not known here; ${takes}`,
    }));
  }
  return [{ field: path.join(".") || "body", message: issueWords(issue) }];
}
