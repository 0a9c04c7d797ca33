import { assertHostSuffix } from "@/core/services/http/host-suffix";
import { createIntegration } from "@/core/services/sync/create-integration";
import { zendeskConfig } from "./config";
import { zendeskArticle } from "./db/schema";
import { assertKnown, zendeskHttp } from "./zendesk-http";

/** The help centre of a Zendesk account. */
export const zendeskIntegration = createIntegration({
  config: zendeskConfig,
  streams: async (context) => {
    const { articlesStream } = await import("./sync-steps/articles");
    return [articlesStream(context)];
  },
  tables: [zendeskArticle],
  connect: async (input, signal, services) => {
    const { origin, hostname } = assertHostSuffix(input.baseUrl ?? "", ["zendesk.com"]);
    const credential = { ...input, baseUrl: origin, accessKey: (input.accessKey ?? "").trim() };
    await assertKnown(zendeskHttp(services, credential), signal);
    return { account: input.account ?? hostname.replace(/\.zendesk\.com$/, ""), credential };
  },
});
