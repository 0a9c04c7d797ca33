/** Schedules as HTTP, the command line and the web page show them. */
import { z } from "zod";
import { syncModes } from "./sync";

/** Longest time that a run may start after its time, in seconds. */
export const MAX_JITTER_SECONDS = 3_600;

export const scheduleTimeSchema = z.strictObject({
  cron: z
    .string()
    .min(1)
    .max(200)
    .describe(
      "'every 15 minutes', 'hourly', 'daily at 03:00', 'weekly', or a cron expression of five fields",
    ),
  timeZone: z.string().min(1).max(100).optional().describe("IANA name; default: the server's own"),
});
export type ScheduleTime = z.infer<typeof scheduleTimeSchema>;

export const scheduleInputSchema = scheduleTimeSchema.extend({
  mode: z.enum(syncModes).default("incremental").describe("What kind of sync to start"),
  enabled: z.boolean().default(true).describe("False keeps the schedule but starts nothing"),
  jitterSeconds: z
    .number()
    .int()
    .min(0)
    .max(MAX_JITTER_SECONDS)
    .default(0)
    .describe("Start up to this much later, so that not everything starts at once"),
});
export type ScheduleInput = z.infer<typeof scheduleInputSchema>;

export const schedulePreviewSchema = z.object({
  cron: z.string().describe("Five fields"),
  timeZone: z.string(),
  summary: z.string().describe("The same in plain words"),
  next: z.array(z.string()).describe("The next five runs, ISO-8601 UTC"),
});
export type SchedulePreview = z.infer<typeof schedulePreviewSchema>;

export const scheduleSchema = z.object({
  integration: z.string(),
  account: z.string().nullable().describe("null: every account without a schedule of its own"),
  mode: z.enum(syncModes),
  cron: z.string(),
  timeZone: z.string(),
  summary: z.string(),
  enabled: z.boolean(),
  jitterSeconds: z.number().int(),
  nextRunAt: z.string().nullable(),
  nextFullRunAt: z
    .string()
    .nullable()
    .describe("The first of its runs that reads everything, where the source wants that now and then"),
  lastRunAt: z.string().nullable(),
  pausedReason: z.string().nullable().describe("Why it does not run, or did not when it was last due"),
});
export type Schedule = z.infer<typeof scheduleSchema>;

export const schedulesAnswerSchema = z.object({ schedules: z.array(scheduleSchema) });
