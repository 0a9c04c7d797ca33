import { createIntegration } from "@/core/services/sync/create-integration";
import { linearHttp } from "./api/linear-http";
import { linearChoices } from "./choices";
import { linearConfig } from "./config";
import { chosenKeys, connectLinear, keyAuth, linearOAuth } from "./connect";
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
    const auth = context.auth ?? keyAuth(context.credential.apiKey);
    const http = context.http(linearHttp(auth));
    const teams = await chosenKeys(options.teams, auth, context.signal, context);
    return kinds.map((kind) => kindStream(context, http, kind, { ...options, teams }));
  },
  connect: connectLinear,
  oauth: linearOAuth,
  choices: linearChoices,
  tables: [linearIssue, linearProject, linearDocument, linearInitiative],
});
