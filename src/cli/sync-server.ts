import { errorEnvelopeSchema, startedSyncSchema } from "@/core/models/api";
import { InputError, NotFoundError, PermanentError } from "@/core/models/errors";
import type { SyncMode } from "@/core/models/sync";

export interface SyncRequest {
  integration: string;
  account: string | undefined;
  mode: SyncMode;
  /** Let the sync remove what the guard against mass deletion would hold. */
  confirmDeletions: boolean;
}

/**
 * Asks the running server for each sync. Returns the runs' ids, or undefined when no server answers at `url`, so
 * that the caller syncs by itself.
 */
export async function askServer(
  url: string,
  requests: readonly SyncRequest[],
  signal: AbortSignal,
): Promise<string[] | undefined> {
  const runs: string[] = [];
  for (const request of requests) {
    let answer: Response;
    try {
      answer = await post(url, request, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      // Its file outlived it: nothing listens there any more.
      return undefined;
    }
    runs.push(...(await readRuns(answer)));
  }
  return runs;
}

function post(url: string, request: SyncRequest, signal: AbortSignal): Promise<Response> {
  const { integration, account, mode, confirmDeletions } = request;
  const path = mode === "full" ? "api/sync" : "api/sync/updates";
  return fetch(new URL(`/${path}/${encodeURIComponent(integration)}`, url), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ account, confirmDeletions }),
    redirect: "error",
    signal,
  });
}

async function readRuns(answer: Response): Promise<string[]> {
  const body: unknown = await answer.json().catch(() => undefined);
  if (answer.ok) {
    const started = startedSyncSchema.safeParse(body);
    if (started.success) return started.data.runs.map((run) => run.runId);
  }
  const { data } = errorEnvelopeSchema.safeParse(body);
  const message = data?.error.message ?? `The server answered with status ${answer.status}.`;
  if (data?.error.code === "not_found") throw new NotFoundError(message);
  if (data?.error.code === "invalid_input") throw new InputError(message, data.error.details);
  throw new PermanentError(message, { action: data === undefined ? "Look at the server's log." : undefined });
}
