/** A connected workspace's options, as a form, a script or a stored credential gives them. */
import { z } from "zod";
import { listOption, pastDayOption, yesNoOption } from "@/core/services/credentials/options";
import { isDirect } from "./direct";
import { tsAt } from "./timestamp";

const DAYS = 30;
const takesDays = "takes a number of days from 0 to 365";

export const slackOptionsSchema = z.object({
  /** Names or ids of channels; empty: all. */
  channels: listOption.default([]),
  /** Names or ids of channels that are left out. */
  exclude: listOption.default([]),
  /** Direct messages and those of groups, as far as the token sees them. */
  directMessages: yesNoOption.default(false),
  /** What shared files hold: snippets, canvases, documents. */
  files: yesNoOption.default(true),
  /** Nothing older is read; empty: everything. */
  since: z
    .union([z.literal(""), pastDayOption], { error: "takes a day that is past, such as 2025-01-31" })
    .default(""),
  /** Days that every sync reads again for edits, deletions and answers. */
  rereadDays: z
    .union([z.number(), z.string().trim()], { error: takesDays })
    .transform((given) => (given === "" ? DAYS : Number(given)))
    .refine((days) => days >= 0 && days <= 365, takesDays)
    .default(DAYS),
});
export type SlackOptions = z.infer<typeof slackOptionsSchema>;

/** The lowest `ts` that is read. */
export function floorOf({ since }: SlackOptions): string {
  return since === "" ? tsAt(0) : tsAt(Date.parse(since));
}

/** Whether a channel is to be read. A list of channels says nothing of direct messages. */
export function isWanted(
  { channels, exclude, directMessages }: SlackOptions,
  { id, name }: { id: string; name: string },
): boolean {
  const names = (entries: readonly string[]) =>
    entries.some((entry) =>
      [id.toLowerCase(), name.toLowerCase()].includes(entry.replace(/^#/, "").toLowerCase()),
    );
  if (names(exclude)) return false;
  return isDirect({ id, name }) ? directMessages : channels.length === 0 || names(channels);
}
