/** What the HTTP API answers, and with the same words MCP and the command line: one schema each. */
import { z } from "zod";
import { artifactKinds } from "./artifact";
import { publicCredentialSchema } from "./credential";
import { syncRunSchema, syncTaskSchema } from "./sync";

/** Every error answer over HTTP. */
export const errorEnvelopeSchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  }),
});
export type ErrorEnvelope = z.infer<typeof errorEnvelopeSchema>;

const fieldHints = {
  label: z.string(),
  placeholder: z.string().optional(),
  help: z.string().optional(),
  secret: z.boolean().optional(),
  required: z.boolean().optional(),
};

/** One source as people and agents see it: what it is, who is connected, how its sync stands. Never a secret. */
export const sourceSchema = z.object({
  integration: z.string(),
  icon: z.string(),
  integrationType: z.enum(["BASIC_TOKEN", "OAUTH", "API_KEY"]),
  description: z.string().optional(),
  docs: z.string().optional(),
  installUrl: z.string().optional(),
  oauthAuthorizationUrl: z.string().optional(),
  inputs: z.array(
    z.object({ input: z.enum(["accessKey", "secretKey", "baseUrl", "apiKey"]), ...fieldHints }),
  ),
  optionInputs: z.array(
    z.object({
      key: z.string(),
      ...fieldHints,
      lookUp: z
        .boolean()
        .optional()
        .describe("True where POST /api/integrations/{integration}/choices/{key} lists what there is"),
    }),
  ),
  oauth: z
    .object({
      redirectUri: z.string().describe("What the application at the provider has to allow"),
      clientKnown: z.boolean().describe("Whether client id and secret may be left out of the form"),
    })
    .nullable()
    .describe("For sources that connect with POST /api/oauth/{integration}/start"),
  status: z.enum(["not_connected", "connected", "syncing", "needs_reconnect", "error", "parked"]),
  accounts: z.array(publicCredentialSchema.extend({ artifacts: z.number().int() })),
  formerAccounts: z
    .array(z.object({ account: z.string(), artifacts: z.number().int() }))
    .describe("Not connected any more, with what is still here of them; each can be purged alone"),
  /** Artifacts that are served. */
  artifacts: z.number().int(),
  /** Artifacts that still wait for the index. */
  waiting: z.number().int(),
  /** Newest run an account, running ones first. */
  runs: z.array(syncRunSchema),
  lastSyncedAt: z.string().nullable(),
});
export type Source = z.infer<typeof sourceSchema>;

export const sourcesAnswerSchema = z.object({ integrations: z.array(sourceSchema) });
export const tasksAnswerSchema = z.object({ syncTasks: z.array(syncTaskSchema) });
export const runsAnswerSchema = z.object({ runs: z.array(syncRunSchema) });

export const startedSyncSchema = z.object({
  runId: z.string().describe("The first run's id"),
  runs: z.array(z.object({ runId: z.string(), account: z.string(), alreadyRunning: z.boolean() })),
});

/** An artifact in a list. */
export const artifactSummarySchema = z.object({
  id: z.string(),
  integrationArtifactId: z.string(),
  integration: z.string(),
  account: z.string(),
  kind: z.enum(artifactKinds),
  title: z.string(),
  url: z.string().nullable(),
  author: z.string().nullable(),
  artifactDate: z.string().nullable(),
  updateDate: z.string(),
  insightState: z.enum(["pending", "offline", "llm", "provided"]),
});
export type ArtifactSummary = z.infer<typeof artifactSummarySchema>;

/** An artifact, whole. */
export const artifactSchema = artifactSummarySchema.extend({
  markdown: z.string(),
  keyPoints: z.array(z.string()),
  questionsAnswered: z.array(z.string()),
  entities: z.array(z.string()),
  metadata: z.record(z.string(), z.unknown()),
});
export type Artifact = z.infer<typeof artifactSchema>;

export const artifactsAnswerSchema = z.object({
  artifacts: z.array(artifactSummarySchema),
  total: z.number().int(),
});

/** One passage of an artifact, as search sees it. Lines count from 1 and are inclusive. */
export const passageSchema = z.object({
  ordinal: z.number().int(),
  startLine: z.number().int(),
  endLine: z.number().int(),
  heading: z.string().nullable(),
  text: z.string(),
  /** Models that a vector of it is stored of. */
  models: z.array(z.string()),
});
export type Passage = z.infer<typeof passageSchema>;
export const passagesAnswerSchema = z.object({
  /** False while the artifact waits for the index: then these are passages of an older version, or none. */
  indexed: z.boolean(),
  passages: z.array(passageSchema),
});

export const relatedAnswerSchema = z.object({
  related: z.array(artifactSummarySchema.extend({ shared: z.array(z.string()) })),
});

/** One step of a run, put together from its tasks. */
export const runStepSchema = z.object({
  step: z.string(),
  from: z.string(),
  to: z.string(),
  tasks: z.number().int(),
  failed: z.number().int(),
  pending: z.number().int(),
});
export type RunStep = z.infer<typeof runStepSchema>;
export const runTasksAnswerSchema = z.object({
  steps: z.array(runStepSchema),
  syncTasks: z.array(syncTaskSchema),
  total: z.number().int(),
});
