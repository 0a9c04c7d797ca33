import { assertHostSuffix } from "@/core/services/http/host-suffix";
import { createIntegration } from "@/core/services/sync/create-integration";
import { zendeskConfig } from "./config";
import { zendeskArticle } from "./db/schema";
import { articlesStream } from "./sync-steps/articles";
import { assertKnown, zendeskHttp } from "./zendesk-http";

/** The help centre of a Zendesk account. */
export const zendeskIntegration = createIntegration({
  config: zendeskConfig,
  streams: (context) => [articlesStream(context)],
  tables: [zendeskArticle],
  connect: async (input, signal, services) => {
    const { origin, hostname } = assertHostSuffix(input.baseUrl ?? "", ["zendesk.com"]);
    const credential = { ...input, baseUrl: origin, accessKey: (input.accessKey ?? "").trim() };
    await assertKnown(zendeskHttp(services, credential), signal);
    return { account: input.account ?? hostname.replace(/\.zendesk\.com$/, ""), credential };
  },
});
