import type { HttpClient } from "@/core/models/http";
import { createIntegration } from "@/core/services/sync/create-integration";
import { hubspotConfig } from "./config";
import { hubspotActivity, hubspotCompany, hubspotContact, hubspotDeal, hubspotTicket } from "./db/schema";
import { hubspotHttp, isGranted } from "./hubspot-http";
import { optionsSchema, type Path, paths } from "./models/kinds";
import { accountSchema, pageSchema } from "./models/models";

/** A HubSpot account: its companies, contacts and deals, and what was said about them. */
export const hubspotIntegration = createIntegration({
  config: hubspotConfig,
  options: optionsSchema,
  streams: async (context, options) => {
    const { hubspotStreams } = await import("./sync-steps/streams");
    return hubspotStreams(context, options);
  },
  tables: [hubspotCompany, hubspotContact, hubspotDeal, hubspotTicket, hubspotActivity],
  connect: async (input, signal, services) => {
    const { http, base } = hubspotHttp(services, input.apiKey);
    const url = `${base}/account-info/v3/details`;
    const { data } = await http.request({ url, expect: "json", schema: accountSchema, signal });
    const chosen = optionsSchema.parse(input.options ?? {}).objects;
    const objects = chosen.length > 0 ? chosen : await allFor(http, base, signal);
    return {
      account: input.account ?? data.portalId,
      credential: { ...input, options: { ...input.options, objects } },
    };
  },
});

/** All that a token may read, where nobody chose: the scope of tickets is one that nothing else takes. */
async function allFor(http: HttpClient, base: string, signal: AbortSignal): Promise<Path[]> {
  const url = `${base}/crm/v3/objects/tickets`;
  const asked = http.request({ url, query: { limit: 1 }, expect: "json", schema: pageSchema, signal });
  const granted = await isGranted(asked);
  return paths.filter((path) => path !== "tickets" || granted);
}
