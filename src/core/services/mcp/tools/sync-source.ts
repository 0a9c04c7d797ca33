import { z } from "zod";
import { syncModes } from "@/core/models/sync";
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
  },
  writes: true,
  output: z.object({
    integration: z.string(),
    runs: z.array(z.object({ runId: z.string(), account: z.string(), alreadyRunning: z.boolean() })),
    connectUrl: z.string().optional(),
    next: z.string(),
  }),
  run: async (app, { integration, mode, account }) => {
    const { config } = app.registry.find(integration);
    const name = config.integration;
    const connected = await app.credentials.list(name);
    if (connected.length === 0 && needsAccount(config)) {
      const url = connectUrl(app.config, name);
      return {
        integration: name,
        runs: [],
        connectUrl: url,
        next: `Nothing was started: ${name} has no connected account. A person connects one at ${url}; then call sync_source again.`,
      };
    }
    const runs = await app.runner.start({ integration: name, account, mode, trigger: "mcp" });
    return { integration: name, runs, next: "Call get_sync_status with a runId to see how it goes." };
  },
});
