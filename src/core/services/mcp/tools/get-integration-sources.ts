import { z } from "zod";
import { type Source, sourceSchema } from "@/core/models/api";
import { isActive } from "@/core/models/sync";
import { listSources } from "@/core/services/sources";
import { connectUrl, needsAccount } from "../links";
import { structuredTool } from "../tool";

const outputSchema = z.object({
  sources: z.array(
    z.object({
      integration: z.string(),
      status: sourceSchema.shape.status,
      artifacts: z.number().describe("Artifacts that are served"),
      waiting: z.number().describe("Of these, not searchable yet"),
      lastSyncedAt: z.string().nullable(),
      accounts: z.array(z.object({ account: z.string(), status: z.string(), reason: z.string().nullable() })),
      running: z.array(z.string()).describe("Ids of syncs under way, for get_sync_status"),
      connectUrl: z.string().optional().describe("Where a person connects an account"),
    }),
  ),
});

export const getIntegrationSources = structuredTool({
  name: "get_integration_sources",
  title: "List the data sources",
  description:
    "Lists every data source: whether it is connected, how many artifacts it holds, when it was last synced. Use it to see what can be searched and how fresh it is.",
  input: {},
  output: outputSchema,
  run: async (app) => {
    const sources = await listSources(app);
    return { sources: sources.map((source) => describe(source, connectUrl(app.config, source.integration))) };
  },
});

function describe(source: Source, url: string): z.input<typeof outputSchema>["sources"][number] {
  const { integration, status, artifacts, waiting, lastSyncedAt, accounts, runs } = source;
  const toConnect = status === "needs_reconnect" || (accounts.length === 0 && needsAccount(source));
  return {
    integration,
    status,
    artifacts,
    waiting,
    lastSyncedAt,
    // A source's status may be that of one account of a hundred: the answer has to hold that one.
    accounts: accounts
      .toSorted((a, b) => Number(a.status === "connected") - Number(b.status === "connected"))
      .slice(0, 20)
      .map(({ account, status, statusReason }) => ({ account, status, reason: statusReason })),
    running: runs.filter(isActive).map(({ id }) => id),
    ...(toConnect ? { connectUrl: url } : {}),
  };
}
