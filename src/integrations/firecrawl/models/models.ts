/** What Firecrawl answers (API v2), as far as it is used: an entry needs an address, everything else may change. */
import { z } from "zod";
import { looseList, looseValue } from "@/lib/loose-schema";

/** Tags of a page that are there twice come as a list: the first one counts. */
const told = z
  .union([z.string(), z.array(z.unknown())])
  .transform((value) =>
    typeof value === "string" ? value : value.find((one): one is string => typeof one === "string"),
  )
  .nullish()
  .catch(undefined);

const metadataSchema = z.object({
  title: told,
  description: told,
  language: told,
  /** What was asked for, and where redirects led from there. */
  sourceURL: told,
  url: told,
  statusCode: looseValue(z.number()),
  error: told,
  publishedTime: told,
  "article:published_time": told,
  modifiedTime: told,
  "article:modified_time": told,
});

export const documentSchema = z.object({ markdown: looseValue(z.string()), metadata: metadataSchema });
export type WebDocument = z.infer<typeof documentSchema>;

export const startedSchema = z.looseObject({ id: z.string().min(1) });

/** A crawl as it stands, with some of what it brought. */
export const crawlSchema = z.looseObject({
  status: z.enum(["scraping", "completed", "failed", "cancelled"]),
  completed: z.number().catch(0),
  total: z.number().catch(0),
  creditsUsed: looseValue(z.number()),
  expiresAt: looseValue(z.string()),
  error: looseValue(z.string()),
  next: looseValue(z.string()),
  data: z.array(z.unknown()).nullish(),
});
export type CrawlAnswer = z.infer<typeof crawlSchema>;

export const errorsSchema = z.looseObject({
  errors: looseList(z.looseObject({ url: z.string(), error: looseValue(z.string()) })),
  robotsBlocked: looseList(z.string()),
});
export type CrawlErrors = z.infer<typeof errorsSchema>;

export const activeSchema = z.looseObject({
  crawls: looseList(z.looseObject({ id: z.string().min(1), url: z.string() })),
});

/** A server of one's own may say that there is no end of them, which JSON writes as null. */
export const creditsSchema = z.looseObject({
  data: z.looseObject({ remainingCredits: looseValue(z.number()) }),
});
