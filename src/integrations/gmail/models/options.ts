import { z } from "zod";
import { listOption, pastDayOption, yesNoOption } from "@/core/services/credentials/options";

/** What a person may choose. Labels by their names or ids. */
export const gmailOptionsSchema = z.object({
  /** Empty: all mail. */
  labels: listOption.default([]),
  leaveOut: listOption.default([]),
  since: pastDayOption.optional(),
  promotions: yesNoOption.default(false),
});
export type GmailOptions = z.infer<typeof gmailOptionsSchema>;
