import { z } from "zod";
import { dateSpan } from "@/lib/date-span";
import { artifactKinds } from "./artifact";

const isoDate = z
  .string()
  .refine(
    (value) => dateSpan(value) !== undefined,
    "takes an ISO-8601 date such as 2026-05-01 or 2026-05-01T09:00:00Z",
  );

/** What every search surface takes: MCP, HTTP, CLI and web page share this one schema. */
export const searchRequestSchema = z.strictObject({
  query: z.string().max(10_000).describe("Question or keywords, in any language"),
  limit: z.number().int().min(1).max(50).default(10).describe("Most artifacts to return, 1 to 50"),
  integration: z
    .union([z.string(), z.array(z.string()).max(20)])
    .optional()
    .describe("Only these integrations, by name"),
  minDate: isoDate.optional().describe("Only what is dated at or after this (ISO-8601)"),
  maxDate: isoDate
    .optional()
    .describe("Only what is dated at or before this; a day, month or year is included whole"),
  entities: z
    .array(z.string().min(1))
    .max(20)
    .optional()
    .describe("Only artifacts that list all of these entities, or are titled so"),
  context: z
    .number()
    .int()
    .min(0)
    .max(3)
    .optional()
    .describe("Give the best passage whole, with so many before and after"),
  maxTokens: z
    .number()
    .int()
    .min(100)
    .max(100_000)
    .optional()
    .describe("Most tokens of the answer; what is left out is said"),
  explain: z.boolean().default(false).describe("Say which leg found each hit, with its scores"),
});
/** What the HTTP API takes beside that. */
export const httpSearchSchema = searchRequestSchema.extend({
  sizedFor: z
    .enum(["caller", "agent"])
    .default("caller")
    .describe(
      "agent: `maxTokens` counts the agents' concise answer instead of this one, which may be longer",
    ),
});
export type HttpSearchInput = z.input<typeof httpSearchSchema>;

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

/** Line range in an artifact's markdown, 1-based, inclusive. */
const linesSchema = z.object({ start: z.number().int(), end: z.number().int() });

/** A whole passage: of the hit itself, or of the message before or after it. */
export const passageSchema = z.object({ id: z.string(), lines: linesSchema, text: z.string() });
export type Passage = z.infer<typeof passageSchema>;

/** An artifact that reads the same as a hit and so is not shown as one of its own. */
export const alikeSchema = z.object({ id: z.string(), integration: z.string(), title: z.string() });
export type Alike = z.infer<typeof alikeSchema>;

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
  /** Where the snippet stands. */
  lines: linesSchema,
  /** The best passage and its neighbours, in order; there when `context` asked for them. */
  passages: z.array(passageSchema).optional(),
  /** Near-duplicates that were folded into this hit. */
  alike: z.array(alikeSchema).optional(),
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
