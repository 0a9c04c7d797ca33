import { z } from "zod";
import { listOption, pastDayOption, yesNoOption } from "@/core/services/credentials/options";

/** What can be read of a repository. */
export const kinds = ["issues", "pulls", "discussions", "releases", "docs", "wiki"] as const;
export type Kind = (typeof kinds)[number];

const choice = z.enum(kinds, { error: `takes some of ${kinds.join(", ")}` });
/** `owner`, `owner/name`, or the address of either. Dots alone would lead to another path of the API. */
const place = z
  .string()
  .transform((given) => given.replace(/^https?:\/\/[^/]+\//i, "").replace(/(?:\.git)?\/?$/, ""))
  .refine((given) => /^(?!\.+(?:\/|$))[\w.-]+(?:\/(?!\.+$)[\w.-]+)?$/.test(given), {
    error: "takes names such as octo-org or octo-org/handbook, separated by commas",
  });

/** What a person may choose beside the token. */
export const githubOptionsSchema = z.object({
  /** Owners and repositories. Empty: every repository that the token was given. */
  repositories: listOption.pipe(z.array(place)).default([]),
  /** Issues, pull requests and discussions changed since, releases published since; undefined for all. */
  since: pastDayOption.optional(),
  include: listOption
    .transform((given) => given.map((one) => one.toLowerCase()))
    .pipe(z.array(choice))
    .transform((given): Kind[] => (given.length === 0 ? [...kinds] : given))
    .default([...kinds]),
  forks: yesNoOption.default(false),
});
export type GithubOptions = z.infer<typeof githubOptionsSchema>;
