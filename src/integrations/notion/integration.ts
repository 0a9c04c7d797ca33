import { createIntegration } from "@/core/services/sync/create-integration";
import { createNotionApi } from "./api/notion-api";
import { authOf } from "./auth";
import { notionChoices } from "./choices";
import { notionConfig } from "./config";
import { connectNotion } from "./connect";
import { notionOAuth } from "./oauth";
import { notionDataSource, notionLink, notionPage, notionUser } from "./db/schema";
import { dataSourcesStream } from "./sync-steps/data-sources-stream";
import { notionOptionsSchema } from "./models/options";
import { pagesStream } from "./sync-steps/pages-stream";

/** A Notion workspace: pages, databases with their rows, comments. */
export const notionIntegration = createIntegration({
  config: notionConfig,
  options: notionOptionsSchema,
  streams: (context, options) => {
    const api = createNotionApi(context, authOf(context), context.signal);
    const progress = { unfinished: false };
    return [pagesStream(api, options, progress), dataSourcesStream(options, progress)];
  },
  connect: connectNotion,
  // What lies longer than this in the trash is deleted for good, and no longer listed as trashed.
  keepsChangesForDays: 30,
  oauth: notionOAuth,
  choices: notionChoices,
  tables: [notionPage, notionDataSource, notionLink, notionUser],
});
