/** What the settings page shows of this installation. Never a secret. */
import { z } from "zod";

/** How the vector index stands. Counts are of artifacts. */
export const vectorStateSchema = z.object({
  /** The model that search uses; null before anything is indexed. */
  model: z.string().nullable(),
  /** The model that takes over once all is done; null while none is built. */
  building: z.object({ model: z.string(), done: z.number().int(), total: z.number().int() }).nullable(),
  /** Artifacts that wait for vectors. */
  waiting: z.number().int(),
  /** Why embedding stands still, in plain words; null while it does not. */
  problem: z.string().nullable(),
});
export type VectorState = z.infer<typeof vectorStateSchema>;

export const systemSchema = z.object({
  version: z.string(),
  home: z.string(),
  /** Folder of the program itself. */
  projectRoot: z.string(),
  databasePath: z.string(),
  publicUrl: z.string(),
  devMode: z.boolean(),
  /** Folder of the bundled sample workspace; null where it was not shipped. */
  samples: z.string().nullable(),
  /** Model that improves insights; null: made offline, nothing is sent anywhere. */
  insightsModel: z.string().nullable(),
  /** Why that model makes none at present, in plain words; null while it does. */
  insightsProblem: z.string().nullable(),
  /** Artifacts by how their insights were made. */
  insightStates: z.array(z.object({ state: z.string(), count: z.number().int() })),
  /** Passages that search looks at. */
  passages: z.number().int(),
  /** Models that vectors of passages are stored of, with how many. */
  embeddingModels: z.array(z.object({ model: z.string(), vectors: z.number().int() })),
  vectorIndex: vectorStateSchema,
  /** Artifacts that search still finds as an earlier version of the program indexed them. */
  olderArtifacts: z.number().int(),
  retention: z.object({ days: z.number().int(), runs: z.number().int() }),
  schedulesEnabled: z.boolean(),
  key: z.enum(["environment", "file"]),
  /** Newest first. */
  backups: z.array(z.object({ name: z.string(), bytes: z.number(), at: z.string() })),
});
export type System = z.infer<typeof systemSchema>;

/** One thing that the doctor looked at. Wrong when there is a fix. */
export const findingSchema = z.object({
  check: z.string(),
  message: z.string(),
  fix: z.string().optional(),
});
export const doctorAnswerSchema = z.object({ ok: z.boolean(), findings: z.array(findingSchema) });

/** One line of the server's own log, as it was written (redacted). */
export const logLineSchema = z
  .object({ time: z.string(), level: z.enum(["debug", "info", "warn", "error"]), message: z.string() })
  .catchall(z.unknown());
export type LogLine = z.infer<typeof logLineSchema>;
export const logsAnswerSchema = z.object({
  lines: z.array(logLineSchema),
  dropped: z.number().int().describe("Older lines of the sync that are no longer kept"),
});

/** How a tool call came in: over HTTP, or over the standard input of a server that the agent started itself. */
export const callWays = ["http", "stdio"] as const;

/** A tool call that an agent made, without its arguments and its answer. */
export const mcpCallSchema = z.object({
  way: z.enum(callWays),
  tool: z.string(),
  outcome: z.enum(["ok", "error"]),
  at: z.string(),
  /** What the client calls itself in its request, if it does. */
  client: z.string().nullable(),
});
export type McpCall = z.infer<typeof mcpCallSchema>;
export const mcpCallsAnswerSchema = z.object({ calls: z.array(mcpCallSchema) });

/** A request to a provider: its path with ids struck out, the names of query fields without their values. */
export const providerRequestSchema = z.object({
  at: z.string(),
  method: z.string(),
  host: z.string(),
  path: z.string(),
  status: z.number().int().nullable().describe("null when no answer came"),
  waitedMs: z
    .number()
    .describe("Milliseconds before it was sent, for its turn or for a limit of the provider"),
  ms: z.number(),
  bytes: z.number().int(),
  attempt: z.number().int(),
  error: z.string().nullable().describe("Code of the error that the attempt ended in, such as rate_limited"),
});
export type ProviderRequest = z.infer<typeof providerRequestSchema>;
export const providerRequestsAnswerSchema = z.object({
  requests: z.array(providerRequestSchema),
  totals: z.object({ requests: z.number().int(), failures: z.number().int(), bytes: z.number().int() }),
});
