import { z } from "zod";
import { listOption, yesNoOption } from "@/core/services/credentials/options";
import { cleanAddress, pageKey } from "../crawl/address";

/** How often a crawl is paid for, in hours; an hour less than it says, so that a daily schedule finds it due each day. */
export const recrawlHours = { "each sync": 0, daily: 23, weekly: 7 * 24 - 1, monthly: 30 * 24 - 1 } as const;
type Recrawl = keyof typeof recrawlHours;
const words = Object.keys(recrawlHours).filter((word): word is Recrawl => word in recrawlHours);

/** As people paste it, with or without `https://`. */
function startAddress(given: string): string | undefined {
  const url = cleanAddress(/^[a-z][a-z0-9+.-]*:/i.test(given) ? given : `https://${given}`);
  return url === undefined || !/[.:]|^localhost$/.test(url.host) ? undefined : url.href;
}

function isPattern(given: string): boolean {
  try {
    return new RegExp(given) instanceof RegExp;
  } catch {
    return false;
  }
}

const patterns = listOption
  .refine((given) => given.every(isPattern), {
    error: "takes regular expressions that a path is compared with, such as ^/blog/.*",
  })
  .default([]);

/** What a person may choose. */
export const firecrawlOptionsSchema = z.object({
  startUrls: listOption
    .refine((given) => given.length > 0, {
      error: "takes at least one address, such as https://docs.acme.com",
    })
    .refine((given) => given.length <= 20, { error: "takes at most 20 addresses" })
    .refine((given) => given.every((one) => startAddress(one) !== undefined), {
      error: "takes web addresses, such as https://docs.acme.com",
    })
    .transform((given) => {
      const byKey = new Map(
        given.flatMap((one) => {
          const url = cleanAddress(startAddress(one) ?? "");
          return url === undefined ? [] : [[pageKey(url), url.href] as const];
        }),
      );
      return [...byKey.values()];
    }),
  includePaths: patterns,
  excludePaths: patterns,
  pageLimit: z.coerce
    .number({ error: "takes a number of pages" })
    .int({ error: "takes a whole number" })
    .min(1, { error: "takes a number above 0" })
    .max(10_000, { error: "takes at most 10000" })
    .default(200),
  mainContentOnly: yesNoOption.default(true),
  recrawl: z
    .string({ error: `takes ${words.join(", ")}` })
    .transform((given) => given.trim().toLowerCase())
    .pipe(z.enum(words, { error: `takes one of: ${words.join(", ")}` }))
    .default("daily"),
});
export type FirecrawlOptions = z.infer<typeof firecrawlOptionsSchema>;
