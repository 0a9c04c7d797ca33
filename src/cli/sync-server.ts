import { errorEnvelopeSchema, startedSyncSchema } from "@/core/models/api";
import { InputError, NotFoundError, PermanentError } from "@/core/models/errors";
import type { SyncMode } from "@/core/models/sync";

export interface SyncRequest {
  integration: string;
  account: string | undefined;
  mode: SyncMode;
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
      answer = await fetch(addressOf(url, request), { method: "POST", signal, redirect: "error" });
    } catch (error) {
      if (signal.aborted) throw error;
      // Its file outlived it: nothing listens there any more.
      return undefined;
    }
    runs.push(...(await readRuns(answer)));
  }
  return runs;
}

function addressOf(url: string, { integration, account, mode }: SyncRequest): URL {
  const path = mode === "full" ? "api/sync" : "api/sync/updates";
  const address = new URL(`/${path}/${encodeURIComponent(integration)}`, url);
  if (account !== undefined) address.searchParams.set("account", account);
  return address;
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
