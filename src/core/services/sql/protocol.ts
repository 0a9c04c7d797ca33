/** What the sandbox and its process say to each other. Both sides parse what they hear. */
import { z } from "zod";

export const requestSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("open"), path: z.string(), tables: z.array(z.string()) }),
  z.object({ kind: z.literal("query"), id: z.number(), sql: z.string() }),
  z.object({ kind: z.literal("schema"), id: z.number() }),
]);
export type SandboxRequest = z.infer<typeof requestSchema>;

const rowsSchema = z.object({
  kind: z.literal("rows"),
  id: z.number(),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.unknown())),
  truncated: z.boolean(),
  note: z.string().optional(),
  elapsedMs: z.number(),
});

const schemaAnswerSchema = z.object({
  kind: z.literal("schema"),
  id: z.number(),
  tables: z.array(
    z.object({ table: z.string(), columns: z.array(z.object({ name: z.string(), type: z.string() })) }),
  ),
});

export const replySchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ready") }),
  rowsSchema,
  schemaAnswerSchema,
  /** The statement is wrong or not allowed. */
  z.object({ kind: z.literal("refused"), id: z.number(), message: z.string(), hint: z.string().optional() }),
  /** The database is in trouble; the message is for the log. */
  z.object({ kind: z.literal("failed"), id: z.number(), message: z.string() }),
]);
export type SandboxReply = z.infer<typeof replySchema>;
