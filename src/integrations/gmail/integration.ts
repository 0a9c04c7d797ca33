import { googleOAuth } from "@/core/services/google/google-oauth";
import { createIntegration } from "@/core/services/sync/create-integration";
import { createGmailApi } from "./api/gmail-api";
import { gmailHttp } from "./api/gmail-http";
import { gmailChoices } from "./choices";
import { gmailConfig } from "./config";
import { gmailLabel, gmailMessage, gmailThread } from "./db/schema";
import { choiceOf } from "./models/labels";
import { gmailOptionsSchema } from "./models/options";

/** A Gmail account: its threads, with what is new in each message. */
export const gmailIntegration = createIntegration({
  config: gmailConfig,
  options: gmailOptionsSchema,
  streams: async (context, options) => {
    const { threadsStream } = await import("./sync-steps/stream");
    const api = createGmailApi(context.http(gmailHttp(context.auth)), context, context.signal);
    const labels = await api.labels();
    return [threadsStream(context, api, choiceOf(options, labels), labels)];
  },
  oauth: googleOAuth("gmail.readonly", async (_tokens, services) => {
    const api = createGmailApi(services.http(gmailHttp(services.auth)), services, services.signal);
    return { account: (await api.profile()).emailAddress };
  }),
  choices: gmailChoices,
  tables: [gmailThread, gmailMessage, gmailLabel],
});
