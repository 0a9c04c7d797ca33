import { z } from "zod";
import { listOption, pastDayOption } from "@/core/services/credentials/options";

/** What a person may choose beside the key. */
export const linearOptionsSchema = z.object({
  /** Keys or names. Empty: all. */
  teams: listOption.default([]),
  since: pastDayOption.optional(),
});
export type LinearOptions = z.infer<typeof linearOptionsSchema>;
