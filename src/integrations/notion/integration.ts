import { createIntegration } from "@/core/services/sync/create-integration";
import { notionChoices } from "./choices";
import { notionConfig } from "./config";
import { connectNotion } from "./connect";
import { notionOAuth } from "./oauth";
import { notionDataSource, notionLink, notionPage, notionUser } from "./db/schema";
import { notionOptionsSchema } from "./models/options";

/** A Notion workspace: pages, databases with their rows, comments. */
export const notionIntegration = createIntegration({
  config: notionConfig,
  options: notionOptionsSchema,
  streams: async (context, options) => {
    const { notionStreams } = await import("./sync-steps/streams");
    return notionStreams(context, options);
  },
  connect: connectNotion,
  // What lies longer than this in the trash is deleted for good, and no longer listed as trashed.
  keepsChangesForDays: 30,
  oauth: notionOAuth,
  choices: notionChoices,
  tables: [notionPage, notionDataSource, notionLink, notionUser],
});
