import { AuthError } from "@/core/models/errors";
import type { SyncContext } from "@/core/models/integration";
import { createIntegration } from "@/core/services/sync/create-integration";
import { createNotionApi } from "./api/notion-api";
import { notionConfig } from "./config";
import { connectNotion, tokenAuth } from "./connect";
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
  tables: [notionPage, notionDataSource, notionLink, notionUser],
});

/** A workspace that was connected by its consent page brings its own way; others have the integration's secret. */
function authOf({ auth, credential }: SyncContext) {
  if (auth !== undefined) return auth;
  if (credential.apiKey === undefined) {
    throw new AuthError("This Notion account has no secret.", { action: "Connect it again." });
  }
  return tokenAuth(credential.apiKey);
}
