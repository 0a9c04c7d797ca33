import type { OAuthDefinition } from "@/core/models/models";
import { createIntegration } from "@/core/services/sync/create-integration";
import { createGmailApi } from "./api/gmail-api";
import { gmailHttp } from "./api/gmail-http";
import { gmailChoices } from "./choices";
import { gmailConfig } from "./config";
import { gmailLabel, gmailMessage, gmailThread } from "./db/schema";
import { choiceOf } from "./models/labels";
import { gmailOptionsSchema } from "./models/options";

/**
 * developers.google.com/identity/protocols/oauth2/web-server. Google gives a refresh token with the first consent alone,
 * unless consent is asked for each time. What the same application was granted for other sources is not asked for.
 */
const googleOAuth: OAuthDefinition = {
  authorizeUrl: "https://accounts.google.com/o/oauth2/v2/auth",
  tokenUrl: "https://oauth2.googleapis.com/token",
  revokeUrl: "https://oauth2.googleapis.com/revoke",
  scopes: ["https://www.googleapis.com/auth/gmail.readonly"],
  pkce: true,
  clientAuth: "body",
  tokenFormat: "form",
  extraAuthorizeParams: { access_type: "offline", prompt: "consent" },
  account: async (_tokens, services) => {
    const api = createGmailApi(services.http(gmailHttp(services.auth)), services, services.signal);
    return { account: (await api.profile()).emailAddress };
  },
};

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
  oauth: googleOAuth,
  choices: gmailChoices,
  tables: [gmailThread, gmailMessage, gmailLabel],
});
