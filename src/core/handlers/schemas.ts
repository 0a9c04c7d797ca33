/** Pieces that the routes' declarations share. */
import { type OpenAPIHono, z } from "@hono/zod-openapi";
import type { HttpEnv } from "@/core/middlware/request-log";
import { errorEnvelopeSchema } from "@/core/models/api";

/** What route groups register themselves on. */
export type Api = OpenAPIHono<HttpEnv>;

/** Takes no query parameter at all. */
export const noQuery = z.strictObject({});

export const integrationParam = z.strictObject({
  integration: z.string().min(1).max(100).describe("Name of the integration; upper and lower case are alike"),
});

export const idParam = z.strictObject({ id: z.string().min(1).max(2_000) });

/** Any JSON value. Said to the document generator in one word, since the type refers to itself. */
export const option = z.json().openapi({ type: ["string", "number", "boolean", "array", "object", "null"] });

/** An answer of JSON. */
export function jsonAnswer<Schema extends z.ZodType>(description: string, schema: Schema) {
  return { description, content: { "application/json": { schema } } };
}

/** A body of JSON that has to be there. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: { "application/json": { schema } } };
}

/** A body of JSON that may be left out; every field of `schema` is optional then. */
export function optionalJsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { required: false, content: { "application/json": { schema } } };
}

const failure = (description: string) => jsonAnswer(description, errorEnvelopeSchema);

/** The error answers that every route may give. */
export const failures = {
  400: failure("The request is wrong; details name the fields"),
  401: failure("A login or a token is needed"),
  403: failure("The host, the origin or the scope is not allowed"),
  404: failure("There is no such thing"),
  409: failure("Right, but not now: something else holds it, or it is not connected"),
  422: failure("The source refused"),
  429: failure("Asked too often; Retry-After says how long to wait"),
  500: failure("Something went wrong inside"),
  503: failure("Not right now; try again"),
} as const;

/** A whole number in a query string. */
export function queryNumber(range: { minimum: number; maximum: number; default: number }) {
  const takes = `takes a whole number from ${range.minimum} to ${range.maximum}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, takes)
    .transform(Number)
    .refine((number) => number >= range.minimum && number <= range.maximum, takes)
    .default(range.default)
    .openapi({ type: "integer", ...range });
}
