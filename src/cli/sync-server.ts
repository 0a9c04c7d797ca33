import { startedSyncSchema } from "@/core/models/api";
import type { SyncMode } from "@/core/models/sync";
import { type Asking, requestServer } from "./server-request";

export interface SyncRequest {
  integration: string;
  account: string | undefined;
  mode: SyncMode;
  /** Let the sync remove what the guard against mass deletion would hold. */
  confirmDeletions: boolean;
}

/**
 * Asks the running server for each sync, with the API token where there is one. Returns the runs' ids, or undefined
 * when no server answers at `url`, so that the caller syncs by itself.
 */
export async function askServer(
  url: string,
  requests: readonly SyncRequest[],
  asking: Asking,
): Promise<string[] | undefined> {
  const runs: string[] = [];
  for (const { integration, account, mode, confirmDeletions } of requests) {
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
    runs.push(...started.runs.map((run) => run.runId));
  }
  return runs;
}
