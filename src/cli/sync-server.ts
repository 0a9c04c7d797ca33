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
 * Asks the running server for each sync, with the API token where there is one. Returns the runs' ids, or undefined
 * when no server answers at `url`, so that the caller syncs by itself.
 */
export async function askServer(
  url: string,
  requests: readonly SyncRequest[],
  { signal, token }: { signal: AbortSignal; token: string | undefined },
): Promise<string[] | undefined> {
  const runs: string[] = [];
  for (const request of requests) {
    let answer: Response;
    try {
      answer = await post(url, request, { signal, token });
    } catch (error) {
      if (signal.aborted) throw error;
      // Its file outlived it: nothing listens there any more.
      return undefined;
    }
    runs.push(...(await readRuns(answer)));
  }
  return runs;
}

function post(
  url: string,
  request: SyncRequest,
  { signal, token }: { signal: AbortSignal; token: string | undefined },
): Promise<Response> {
  const { integration, account, mode, confirmDeletions } = request;
  const path = mode === "full" ? "api/sync" : "api/sync/updates";
  return fetch(new URL(`/${path}/${encodeURIComponent(integration)}`, url), {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    },
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
  if (answer.status === 401 || data?.error.code === "insufficient_scope") {
    throw new PermanentError("The running server asks for a token that may sync.", {
      action:
        "Make one with `stoneturner token create --name cli --scope sync` and set STONETURNER_TOKEN to it.",
    });
  }
  throw new PermanentError(message, { action: data === undefined ? "Look at the server's log." : undefined });
}
