import { AuthError, InputError } from "@/core/models/errors";
import { MissingError } from "@/core/services/http/errors";
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
  connect: async (input, signal, services) => {
    const given = (input.baseUrl ?? "").trim();
    const address = /^https?:/i.test(given) ? given : `https://${given}`;
    const { origin, hostname } = assertHostSuffix(address, ["zendesk.com"]);
    const credential = { ...input, baseUrl: origin, accessKey: (input.accessKey ?? "").trim() };
    const { http, base } = zendeskHttp(services, credential);
    const request = { url: `${base}/users/me.json`, expect: "json", schema: meSchema, signal } as const;
    const id = await http.request(request).then(({ data }) => data.user.id, orVisitor);
    if (id === null) {
      const action =
        "Check that it is active, and that the e-mail address is that of an agent or administrator.";
      throw new AuthError("Zendesk does not know this API token.", { action });
    }
    return { account: input.account ?? hostname.replace(/\.zendesk\.com$/, ""), credential };
  },
});

/** A token that is not known is turned away, or passes for a visitor, who has no id. */
function orVisitor(error: unknown): null {
  if (error instanceof AuthError) return null;
  if (!(error instanceof MissingError)) throw error;
  const message = "takes the address of a Zendesk account, such as https://acme.zendesk.com";
  throw new InputError("There is no Zendesk at this address.", [{ field: "baseUrl", message }], {
    cause: error,
  });
}
