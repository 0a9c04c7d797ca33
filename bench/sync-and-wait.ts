import { startedSyncSchema } from "@/core/models/api";
import { type SyncRun, syncRunSchema } from "@/core/models/sync";
import type { ServerProcess } from "./server-process";

/** Starts a sync at a path of the API and waits for its end; `seconds` by the clock, from the request on. */
export async function syncAndWait(
  server: ServerProcess,
  path: string,
): Promise<{ run: SyncRun; seconds: number }> {
  const started = performance.now();
  const answer = await fetch(`${server.url}${path}`, { method: "POST" });
  const { runId } = startedSyncSchema.parse(await answer.json());
  for (;;) {
    const run = syncRunSchema.parse(await (await fetch(`${server.url}/api/runs/${runId}`)).json());
    if (run.finishedAt !== null) return { run, seconds: (performance.now() - started) / 1000 };
    await Bun.sleep(20);
  }
}
