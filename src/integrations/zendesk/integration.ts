import { createIntegration } from "@/core/services/sync/create-integration";
import { zendeskConfig } from "./config";
import { connectZendesk } from "./connect";
import { zendeskArticle, zendeskTicket } from "./db/schema";
import { optionsSchema } from "./models/options";

/** A Zendesk account: its help centre, and its tickets where they are chosen. */
export const zendeskIntegration = createIntegration({
  config: zendeskConfig,
  options: optionsSchema,
  streams: async (context, options) => {
    const { zendeskStreams } = await import("./sync-steps/streams");
    return zendeskStreams(context, options);
  },
  tables: [zendeskArticle, zendeskTicket],
  connect: connectZendesk,
});
