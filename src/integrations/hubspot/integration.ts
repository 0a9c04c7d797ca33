import { createIntegration } from "@/core/services/sync/create-integration";
import { hubspotConfig } from "./config";
import { hubspotActivity, hubspotCompany, hubspotContact, hubspotDeal } from "./db/schema";
import { hubspotHttp } from "./hubspot-http";
import { optionsSchema } from "./models/kinds";
import { accountSchema } from "./models/models";

/** A HubSpot account: its companies, contacts and deals, and what was said about them. */
export const hubspotIntegration = createIntegration({
  config: hubspotConfig,
  options: optionsSchema,
  streams: async (context, options) => {
    const { hubspotStreams } = await import("./sync-steps/streams");
    return hubspotStreams(context, options);
  },
  tables: [hubspotCompany, hubspotContact, hubspotDeal, hubspotActivity],
  connect: async (input, signal, services) => {
    const { http, base } = hubspotHttp(services, input.apiKey);
    const url = `${base}/account-info/v3/details`;
    const { data } = await http.request({ url, expect: "json", schema: accountSchema, signal });
    return { account: input.account ?? data.portalId, credential: input };
  },
});
