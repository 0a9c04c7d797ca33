import { createIntegration } from "@/core/services/sync/create-integration";
import { createApi, type SlackApi } from "./api";
import { authOf } from "./auth";
import { slackChoices } from "./choices";
import { slackConfig } from "./config";
import { connectSlack, workspaceOf } from "./connect";
import { slackChannel, slackMessage, slackUser } from "./db/schema";
import { slackOptionsSchema } from "./models/options";
import { slackOAuth } from "./oauth";
import { messagesStream } from "./sync-steps/messages";
import { type Member, workspaceStream } from "./sync-steps/workspace";

/** A Slack workspace: channels with their threads, people, and what channels are for. */
export const slackIntegration = createIntegration({
  config: slackConfig,
  options: slackOptionsSchema,
  streams: (context, options) => {
    const api = createApi({ auth: authOf(context), services: context, signal: context.signal });
    const member: Member = {
      api,
      options,
      readsAllPublic: context.credential.apiKey?.startsWith("xoxp-") === true,
      workspace: once(api),
    };
    return [workspaceStream(context, member), messagesStream(context, member)];
  },
  connect: connectSlack,
  oauth: slackOAuth,
  choices: slackChoices,
  tables: [slackChannel, slackUser, slackMessage],
});

function once(api: SlackApi): Member["workspace"] {
  let asked: ReturnType<Member["workspace"]> | undefined;
  return () => (asked ??= api.identity().then(workspaceOf));
}
