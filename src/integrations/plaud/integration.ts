import { createIntegration } from "@/core/services/sync/create-integration";
import { plaudConfig } from "./config";
import { plaudRecording } from "./db/schema";
import { API, createPlaudApi } from "./plaud-api";

/** Recordings of a Plaud account. */
export const plaudIntegration = createIntegration({
  config: plaudConfig,
  streams: async (context) => {
    const { recordingsStream } = await import("./sync-steps/recordings");
    return [recordingsStream(context)];
  },
  tables: [plaudRecording],
  oauth: {
    authorizeUrl: "https://app.plaud.ai/platform/oauth",
    tokenUrl: ({ apiUrl }) => `${apiUrl(API)}/oauth/third-party/access-token`,
    refreshUrl: ({ apiUrl }) => `${apiUrl(API)}/oauth/third-party/access-token/refresh`,
    scopes: [],
    pkce: true,
    clientAuth: "basic",
    tokenFormat: "form",
    account: async (_tokens, services) => {
      const { id, name } = await createPlaudApi(services, services.auth, services.signal).me();
      return { account: name, ...(id === undefined ? {} : { id }) };
    },
  },
});
