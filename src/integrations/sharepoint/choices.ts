/** Sites that somebody sees, and their libraries, to choose from. */
import type { IntegrationContext, OptionChoices } from "@/core/models/models";
import { createGraphApi } from "./api/graph-api";
import { graphHttp } from "./api/graph-http";
import { isPersonal } from "./sync-steps/places";

const apiOf = (context: IntegrationContext) =>
  createGraphApi(context.http(graphHttp(context.auth)), context, context.signal);

async function* sitesOf(context: IntegrationContext) {
  for await (const { items } of apiOf(context).sites())
    for (const { id, webUrl, displayName, name } of items)
      if (!isPersonal(webUrl)) yield { id, url: webUrl, name: displayName || name || webUrl };
}

export const sharepointChoices: OptionChoices = {
  sites: async function* (context) {
    for await (const { url, name } of sitesOf(context))
      yield { id: url, name, hint: new URL(url).pathname, byIdOnly: true };
  },
  libraries: async function* (context) {
    const api = apiOf(context);
    for await (const site of sitesOf(context))
      for await (const { items } of api.drivesOf(site.id))
        for (const { id, name } of items) yield { id, name: name ?? id, hint: site.name };
  },
};
