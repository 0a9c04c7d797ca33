import { startedSyncSchema } from "@/core/models/api";
import type { SyncMode } from "@/core/models/sync";
import type { Begun } from "./sync-under-way";
import { type Asking, requestServer } from "./server-request";

export interface SyncRequest {
  integration: string;
  account: string | undefined;
  mode: SyncMode;
  /** Let the sync remove what the guard against mass deletion would hold. */
  confirmDeletions: boolean;
}

/**
 * Asks the running server for each sync, with the API token where there is one. Returns the runs, or undefined
 * when no server answers at `url`, so that the caller syncs by itself.
 */
export async function askServer(
  url: string,
  requests: readonly SyncRequest[],
  asking: Asking,
): Promise<Begun[] | undefined> {
  const begun: Begun[] = [];
  for (const wanted of requests) {
    const { integration, account, mode, confirmDeletions } = wanted;
    const route = mode === "full" ? "/api/sync" : "/api/sync/updates";
    const request = {
      path: `${route}/${encodeURIComponent(integration)}`,
      body: { account, confirmDeletions },
      schema: startedSyncSchema,
      scope: "sync",
      purpose: "sync",
    } as const;
    const started = await requestServer(url, request, asking);
    if (started === undefined) return undefined;
    begun.push({ request: wanted, runs: started.runs });
  }
  return begun;
}
