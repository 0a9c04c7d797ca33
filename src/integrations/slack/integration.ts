import { createIntegration } from "@/core/services/sync/create-integration";
import { slackChoices } from "./choices";
import { slackConfig } from "./config";
import { connectSlack } from "./connect";
import { slackChannel, slackMessage, slackUser } from "./db/schema";
import { slackOptionsSchema } from "./models/options";
import { slackOAuth } from "./oauth";

/** A Slack workspace: channels with their threads, people, and what channels are for. */
export const slackIntegration = createIntegration({
  config: slackConfig,
  options: slackOptionsSchema,
  streams: async (context, options) => {
    const { slackStreams } = await import("./sync-steps/streams");
    return slackStreams(context, options);
  },
  connect: connectSlack,
  oauth: slackOAuth,
  choices: slackChoices,
  tables: [slackChannel, slackUser, slackMessage],
});
