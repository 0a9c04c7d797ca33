import { createIntegration } from "@/core/services/sync/create-integration";
import { firecrawlConfig } from "./config";
import { connectFirecrawl } from "./connect";
import { firecrawlPage, firecrawlSite } from "./db/schema";
import { firecrawlOptionsSchema } from "./models/options";

/** Web sites, crawled by Firecrawl. */
export const firecrawlIntegration = createIntegration({
  config: firecrawlConfig,
  options: firecrawlOptionsSchema,
  // A crawl costs credits: a sync for which none is due reads nothing, and takes nothing for deleted.
  streams: async (context, options, db) => {
    const { isDue, pagesStream } = await import("./sync-steps/stream");
    if (await isDue(db, context, options)) return [pagesStream(context, options)];
    context.log.info("No crawl is due yet; a sync that a person starts begins one.", {
      recrawl: options.recrawl,
    });
    return [];
  },
  connect: connectFirecrawl,
  tables: [firecrawlPage, firecrawlSite],
});
