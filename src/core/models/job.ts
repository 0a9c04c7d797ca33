/** What the installation does by itself, as HTTP and the web page show it. */
import { z } from "zod";

/** How one run of a job went. */
export const jobRunSchema = z.object({
  at: z.string(),
  ms: z.number().int(),
  /** In plain words; null when it went well. */
  error: z.string().nullable(),
});
export type JobRun = z.infer<typeof jobRunSchema>;

export const jobStateSchema = z.object({
  name: z.string(),
  does: z.string().describe("In plain words"),
  summary: z.string().describe("When it runs, in plain words"),
  nextRunAt: z.string().nullable().describe("null while this process starts nothing by itself"),
  last: jobRunSchema.nullable().describe("null when it has not run yet"),
  running: z.boolean(),
});
export type JobState = z.infer<typeof jobStateSchema>;
export const jobsAnswerSchema = z.object({ jobs: z.array(jobStateSchema) });
