import { z } from "zod";
import { listOption, pastDayOption, yesNoOption } from "@/core/services/credentials/options";

/** What a person may choose beside the key. */
export const gongOptionsSchema = z.object({
  /** Names or ids; the connect check turns them into ids. Empty: all. */
  workspaces: listOption.default([]),
  /** Calls from this day on; undefined for all there are. */
  since: pastDayOption.optional(),
  private: yesNoOption.default(false),
});
export type GongOptions = z.infer<typeof gongOptionsSchema>;
