import { z } from "zod";
import { findRun, latestRuns } from "@/core/db/queries/runs";
import { NotFoundError } from "@/core/models/errors";
import type { App } from "@/core/services/app";
import { plainLine } from "@/lib/clean-text";
import { fitting } from "../results";
import { runSummarySchema, summariseRun } from "../run-summary";
import { structuredTool } from "../tool";

export const getSyncStatus = structuredTool({
  name: "get_sync_status",
  title: "See how a sync goes",
  description:
    "Tells how syncs stand: one by its runId, else the latest of each account of one source, or of all. While the state is queued or running, ask again after a few seconds.",
  input: {
    runId: z.string().min(1).max(200).optional().describe("As sync_source gives it"),
    integration: z.string().min(1).max(200).optional().describe("Only this source"),
  },
  output: z.object({ runs: z.array(runSummarySchema), notes: z.array(z.string()) }),
  run: async (app, { runId, integration }) => {
    const runs = runId === undefined ? await latest(app, integration) : [await byId(app, runId)];
    const summaries = fitting(runs.map(summariseRun), 40_000);
    const left = runs.length - summaries.length;
    return {
      runs: summaries,
      notes: left > 0 ? [`${left} more runs did not fit: ask for one integration.`] : [],
    };
  },
});

function latest(app: App, integration: string | undefined) {
  const name = integration === undefined ? undefined : app.registry.find(integration).config.integration;
  return latestRuns(app.db, name);
}

async function byId(app: App, runId: string) {
  const run = await findRun(app.db, runId);
  if (run !== undefined) return run;
  throw new NotFoundError(`There is no sync run '${plainLine(runId, 80)}'.`, {
    action: "runId takes an id as sync_source gives it; leave it out for the latest runs.",
  });
}
