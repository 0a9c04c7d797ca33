/** A connected bot's options, as a form, a script or a stored credential gives them. */
import { z } from "zod";
import { listOption, pastDayOption, yesNoOption } from "@/core/services/credentials/options";
import { idAt } from "./snowflake";

/** People write channels with their mark. */
const names = listOption
  .transform((entries) => entries.map((entry) => entry.replace(/^#/, "")).filter((entry) => entry !== ""))
  .default([]);

const days = z
  .union([z.number(), z.string().trim().min(1)], { error: "takes a number of days from 0 to 90" })
  .transform(Number)
  .refine((value) => value >= 0 && value <= 90, "takes a number of days from 0 to 90")
  .default(7);

export const discordOptionsSchema = z.object({
  /** Names or ids of servers; empty: all. */
  servers: names,
  /** Names or ids of channels or categories; empty: all. */
  channels: names,
  /** Names or ids of channels or categories that are left out. */
  exclude: names,
  /** Nothing older is read; everything when it is left out. */
  since: pastDayOption.optional(),
  /** Days that every sync reads again for edits and deletions. */
  rereadDays: days,
  /** Whether the invite link asks for what private archived threads take. */
  privateThreads: yesNoOption.default(false),
});
export type DiscordOptions = z.infer<typeof discordOptionsSchema>;

/** The lowest id that is read. */
export function floorOf(options: DiscordOptions): string {
  return options.since === undefined ? "0" : idAt(Date.parse(options.since));
}

/** True when a list of names or ids names this; an empty list names everything. */
export function isNamed(
  wanted: readonly string[],
  ...names: readonly (string | null | undefined)[]
): boolean {
  const folded = new Set(names.map((name) => name?.toLowerCase()));
  return wanted.some((entry) => folded.has(entry.toLowerCase()));
}
