import { createIntegration } from "@/core/services/sync/create-integration";
import { linearHttp } from "./api/linear-http";
import { linearChoices } from "./choices";
import { linearConfig } from "./config";
import { connectLinear, keyAuth, linearOAuth } from "./connect";
import { linearDocument, linearInitiative, linearIssue, linearProject } from "./db/schema";
import { linearOptionsSchema } from "./models/options";

/** A Linear workspace: issues with their conversation, projects with their updates, documents, initiatives. */
export const linearIntegration = createIntegration({
  config: linearConfig,
  options: linearOptionsSchema,
  streams: async (context, options) => {
    const [{ kinds }, { kindStream }] = await Promise.all([
      import("./api/kinds"),
      import("./sync-steps/kind-stream"),
    ]);
    const http = context.http(linearHttp(context.auth ?? keyAuth(context.credential.apiKey)));
    return kinds.map((kind) => kindStream(context, http, kind, options));
  },
  connect: connectLinear,
  oauth: linearOAuth,
  choices: linearChoices,
  tables: [linearIssue, linearProject, linearDocument, linearInitiative],
});
