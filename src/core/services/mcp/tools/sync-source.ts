import { z } from "zod";
import { isActive, syncModes, type SyncRun } from "@/core/models/sync";
import type { StartedRun } from "@/core/services/app";
import { refuseRestless } from "@/core/services/sync/cooldown";
import { followRuns } from "../follow-runs";
import { connectUrl, needsAccount } from "../links";
import { structuredTool } from "../tool";

export const syncSource = structuredTool({
  name: "sync_source",
  title: "Sync a data source",
  description:
    "Starts reading a data source anew and answers at once with run ids; follow them with get_sync_status. incremental reads what changed, full reads everything and finds deletions. A sync that is under way already is not started twice. Without a connected account the answer has a URL for a person to connect one.",
  input: {
    integration: z
      .string()
      .min(1)
      .max(200)
      .describe("Name of the source, as get_integration_sources lists it"),
    mode: z.enum(syncModes).default("incremental"),
    account: z.string().min(1).max(500).optional().describe("Only this account; default: all connected ones"),
    wait: z.boolean().default(false).describe("Answer when it has ended, at most 45 s later"),
  },
  writes: true,
  output: z.object({
    integration: z.string(),
    runs: z.array(
      z.object({
        runId: z.string(),
        account: z.string(),
        alreadyRunning: z.boolean(),
        state: z.string().optional(),
      }),
    ),
    connectUrl: z.string().optional(),
    next: z.string(),
  }),
  run: async (app, { integration, mode, account, wait }, signal, client) => {
    const { config } = app.registry.find(integration);
    const name = config.integration;
    const connected = await app.credentials.list(name);
    if (connected.length === 0 && needsAccount(config)) {
      const url = connectUrl(app.config, name);
      return (
        client.offerPage(`Connect an account of ${name}; then it can be synced.`, url) ?? {
          integration: name,
          runs: [],
          connectUrl: url,
          next: `Nothing was started: ${name} has no connected account. A person connects one at ${url}; then call sync_source again.`,
        }
      );
    }
    if (mode === "full") await refuseRestless(app.db, { integration: name, account });
    const runs = await app.runner.start({ integration: name, account, mode, trigger: "mcp" });
    if (!wait)
      return { integration: name, runs, next: "Call get_sync_status with a runId to see how it goes." };
    const ids = runs.map(({ runId }) => runId);
    return { integration: name, ...standing(runs, await followRuns(app.db, ids, client, signal)) };
  },
});

function standing(started: readonly StartedRun[], runs: readonly SyncRun[]) {
  const states = new Map(runs.map(({ id, state }) => [id, state]));
  const next = runs.some(isActive)
    ? "It goes on: call get_sync_status with a runId after a while."
    : "No more is under way. get_sync_status with a runId has counts, and what went wrong.";
  return { runs: started.map((run) => ({ ...run, state: states.get(run.runId) })), next };
}
