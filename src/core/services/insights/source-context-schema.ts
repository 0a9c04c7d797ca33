import { z } from "zod";

/** What is stored of one account of one source: enough for an agent to know what it may ask for. */
export const sourceContextSchema = z.object({
  /** Live artifacts. */
  artifacts: z.number().int(),
  /** Live artifacts by kind. */
  kinds: z.record(z.string(), z.number().int()),
  /** The source's own times of the oldest and newest artifact. */
  oldest: z.string().nullable(),
  newest: z.string().nullable(),
  /** Names that most artifacts mention, with how many do. */
  topEntities: z.array(z.object({ entity: z.string(), count: z.number().int() })),
  /** The source's own tables, open to SQL. */
  tables: z.array(
    z.object({ table: z.string(), columns: z.array(z.object({ name: z.string(), type: z.string() })) }),
  ),
  /** Titles of the newest artifacts. */
  sampleTitles: z.array(z.string()),
  /** Questions that the newest artifacts answer, one of each. */
  sampleQuestions: z.array(z.string()),
});
export type SourceContext = z.infer<typeof sourceContextSchema>;
