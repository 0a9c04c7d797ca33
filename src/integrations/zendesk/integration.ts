import { AuthError } from "@/core/models/errors";
import { assertHostSuffix } from "@/core/services/http/host-suffix";
import { createIntegration } from "@/core/services/sync/create-integration";
import { zendeskConfig } from "./config";
import { zendeskArticle } from "./db/schema";
import { meSchema } from "./models/models";
import { articlesStream } from "./sync-steps/articles";
import { zendeskHttp } from "./zendesk-http";

/** The help centre of a Zendesk account. */
export const zendeskIntegration = createIntegration({
  config: zendeskConfig,
  streams: (context) => [articlesStream(context)],
  tables: [zendeskArticle],
  // A token that is not known may pass for a visitor, who has no id.
  connect: async (input, signal, services) => {
    const given = (input.baseUrl ?? "").trim();
    const address = /^https?:/i.test(given) ? given : `https://${given}`;
    const { origin, hostname } = assertHostSuffix(address, ["zendesk.com"]);
    const credential = { ...input, baseUrl: origin, accessKey: (input.accessKey ?? "").trim() };
    const { http, base } = zendeskHttp(services, credential);
    const url = `${base}/users/me.json`;
    const { data } = await http.request({ url, expect: "json", schema: meSchema, signal });
    if (data.user.id === null) {
      const action =
        "Check that it is active, and that the e-mail address is that of an agent or administrator.";
      throw new AuthError("Zendesk does not know this API token.", { action });
    }
    return { account: input.account ?? hostname.replace(/\.zendesk\.com$/, ""), credential };
  },
});
