/** A connected bot's options, as a form, a script or a stored credential gives them. */
import { z } from "zod";
import { idAt } from "./snowflake";

const list = z
  .union([z.string(), z.array(z.string())], { error: "takes names or ids, separated by commas" })
  .transform((given) => (typeof given === "string" ? given.split(/[,\n]/) : given))
  .transform((entries) =>
    entries.map((entry) => entry.trim().replace(/^#/, "")).filter((entry) => entry !== ""),
  )
  .default([]);

const since = z
  .string({ error: "takes a date such as 2024-01-31" })
  .trim()
  .refine((text) => text === "" || !Number.isNaN(Date.parse(text)), "takes a date such as 2024-01-31")
  .default("");

const days = z
  .union([z.number(), z.string().trim()], { error: "takes a number of days from 0 to 90" })
  .transform((value) => (value === "" ? 7 : Number(value)))
  .refine((value) => value >= 0 && value <= 90, "takes a number of days from 0 to 90")
  .default(7);

const yesOrNo = z
  .union([z.boolean(), z.string()], { error: "takes yes or no" })
  .transform((value) => (typeof value === "boolean" ? value : value.trim().toLowerCase()))
  .refine((value) => [true, false, "", "yes", "no", "true", "false"].includes(value), "takes yes or no")
  .transform((value) => value === true || value === "yes" || value === "true")
  .default(false);

export const discordOptionsSchema = z.object({
  /** Names or ids of servers; empty: all. */
  servers: list,
  /** Names or ids of channels or categories; empty: all. */
  channels: list,
  /** Names or ids of channels or categories that are left out. */
  exclude: list,
  /** Nothing older is read; empty: everything. */
  since,
  /** Days that every sync reads again for edits and deletions. */
  rereadDays: days,
  /** Whether the invite link asks for what private archived threads take. */
  privateThreads: yesOrNo,
});
export type DiscordOptions = z.infer<typeof discordOptionsSchema>;

/** The lowest id that is read. */
export function floorOf(options: DiscordOptions): string {
  return options.since === "" ? "0" : idAt(Date.parse(options.since));
}

/** True when a list of names or ids names this; an empty list names everything. */
export function isNamed(
  wanted: readonly string[],
  ...names: readonly (string | null | undefined)[]
): boolean {
  const folded = new Set(names.map((name) => name?.toLowerCase()));
  return wanted.some((entry) => folded.has(entry.toLowerCase()));
}
