import { createIntegration } from "@/core/services/sync/create-integration";
import { sharepointChoices } from "./choices";
import { sharepointConfig } from "./config";
import { sharepointDrive, sharepointItem, sharepointPage, sharepointSite } from "./db/schema";
import { sharepointOptionsSchema } from "./models/options";
import { entraOAuth } from "./oauth";

/** Microsoft SharePoint and OneDrive: files of document libraries, what others share, and site pages. */
export const sharepointIntegration = createIntegration({
  config: sharepointConfig,
  options: sharepointOptionsSchema,
  streams: async (context, options, db) => {
    const { sharepointStreams } = await import("./sync-steps/streams");
    return sharepointStreams(context, options, db);
  },
  oauth: entraOAuth,
  choices: sharepointChoices,
  tables: [sharepointSite, sharepointDrive, sharepointItem, sharepointPage],
});
