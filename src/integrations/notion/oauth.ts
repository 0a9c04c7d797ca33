import { z } from "zod";
import type { OAuthDefinition } from "@/core/models/models";
import { apiBase, createNotionApi, NOTION_VERSION } from "./api/notion-api";

const grantSchema = z.looseObject({
  workspace_id: z.string().nullish(),
  workspace_name: z.string().nullish(),
});

/**
 * A public connection (developers.notion.com, "Authorization"): the person chooses pages in Notion. It has no scopes
 * and no end: Notion does not say how long a token lives, so it is renewed after a 401 alone.
 */
export const notionOAuth: OAuthDefinition = {
  authorizeUrl: (services) => `${apiBase(services)}/oauth/authorize`,
  tokenUrl: (services) => `${apiBase(services)}/oauth/token`,
  revokeUrl: (services) => `${apiBase(services)}/oauth/revoke`,
  revokes: "accessToken",
  scopes: [],
  pkce: false,
  clientAuth: "basic",
  tokenFormat: "json",
  extraAuthorizeParams: { owner: "user" },
  tokenHeaders: { "Notion-Version": NOTION_VERSION },
  account: async ({ raw }, services) => {
    const grant = grantSchema.parse(raw);
    // Asked also where the name is known: a token that cannot read is not worth keeping.
    const me = await createNotionApi(services, services.auth, services.signal).me();
    const name = grant.workspace_name ?? me.bot?.workspace_name ?? me.name;
    return {
      account: name === null || name === undefined || name === "" ? "Notion" : name,
      id: grant.workspace_id ?? me.id,
    };
  },
};
