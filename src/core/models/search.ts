import { z } from "zod";
import { artifactKinds } from "./artifact";

const isoDate = z
  .string()
  .refine(
    (value) => !Number.isNaN(Date.parse(value)),
    "takes an ISO-8601 date such as 2026-05-01 or 2026-05-01T09:00:00Z",
  );

/** What every search surface takes: MCP, HTTP, CLI and web page share this one schema. */
export const searchRequestSchema = z.strictObject({
  query: z.string().max(10_000).describe("Natural-language question or keywords, in any language"),
  limit: z.number().int().min(1).max(50).default(10).describe("How many artifacts to return, 1 to 50"),
  integration: z
    .union([z.string(), z.array(z.string()).max(20)])
    .optional()
    .describe("Only these integrations, by name; upper and lower case are alike"),
  minDate: isoDate.optional().describe("Only artifacts dated at or after this (ISO-8601)"),
  maxDate: isoDate
    .optional()
    .describe("Only artifacts dated at or before this (ISO-8601); a bare day includes that day"),
  entities: z
    .array(z.string().min(1))
    .max(20)
    .optional()
    .describe("Only artifacts that mention all of these entities; case does not matter"),
  explain: z.boolean().default(false).describe("Say for each hit which leg found it, with its scores"),
});
export type SearchRequest = z.infer<typeof searchRequestSchema>;
export type SearchInput = z.input<typeof searchRequestSchema>;

/** Position of a match in a snippet, in UTF-16 code units: start inclusive, end exclusive. */
export const highlightSchema = z.object({ start: z.number().int(), end: z.number().int() });

/** One leg's part in a hit's score. `contribution` values of a hit sum to its score. */
export const legTraceSchema = z.object({
  leg: z.string(),
  rank: z.number().int().nullable(),
  raw: z.number(),
  normalised: z.number(),
  weight: z.number(),
  contribution: z.number(),
});
export type LegTrace = z.infer<typeof legTraceSchema>;

export const searchHitSchema = z.object({
  id: z.string(),
  integrationArtifactId: z.string(),
  integration: z.string(),
  account: z.string(),
  kind: z.enum(artifactKinds),
  title: z.string(),
  url: z.string().nullable(),
  author: z.string().nullable(),
  artifactDate: z.string().nullable(),
  score: z.number(),
  snippet: z.string(),
  highlights: z.array(highlightSchema),
  /** Line range of the matching passage in the artifact's markdown, 1-based, inclusive. */
  lines: z.object({ start: z.number().int(), end: z.number().int() }),
  why: z.array(legTraceSchema).optional(),
});
export type SearchHit = z.infer<typeof searchHitSchema>;

export const searchResponseSchema = z.object({
  results: z.array(searchHitSchema),
  /** Milliseconds by stage; `total` is always there. */
  timings: z.record(z.string(), z.number()),
  /** What the caller should know, e.g. that part of the index is still being built. */
  notes: z.array(z.string()),
});
export type SearchResponse = z.infer<typeof searchResponseSchema>;
