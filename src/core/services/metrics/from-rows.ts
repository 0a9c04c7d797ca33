/**
 * What the database says at the moment it is asked: the one file of the metrics' queries. Labels are sources, states
 * and actions, never ids, accounts or texts.
 */
import { count, inArray, isNull, min } from "drizzle-orm";
import type { Registry } from "prom-client";
import { countIndex } from "@/core/db/queries/health";
import { lastSuccesses, runTotals } from "@/core/db/queries/run-totals";
import { mdArtifacts, syncRun } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { counterOf, gaugeOf, type Sample } from "./read-at-scrape";

/** Registers what is read from rows at each scrape. */
export function registerRowMetrics(registry: Registry, db: Db, now: () => Date): void {
  registerSyncs(registry, db);
  registerQueue(registry, db, now);
  const waiting = { name: "index_waiting_artifacts", help: "Artifacts that search cannot find yet" };
  gaugeOf(registry, waiting, async () => [{ value: (await countIndex(db)).waiting }]);
  const enriched = {
    name: "enrich_artifacts",
    help: "Artifacts by how their insights were made",
    labels: ["outcome"],
  };
  gaugeOf(registry, enriched, async () => {
    const rows = await db
      .select({ outcome: mdArtifacts.insightState, value: count() })
      .from(mdArtifacts)
      .where(isNull(mdArtifacts.deletedAt))
      .groupBy(mdArtifacts.insightState);
    return rows.map(({ outcome, value }) => ({ labels: { outcome }, value }));
  });
}

const outcomeNames = ["succeeded", "failed", "cancelled"];
const actions = {
  insert: "inserted",
  update: "updated",
  keep: "unchanged",
  delete: "deleted",
  skip: "skipped",
  fail: "failed",
} as const;

function registerSyncs(registry: Registry, db: Db): void {
  const runs = { name: "sync_runs_total", help: "Syncs that ended, by how", labels: ["source", "outcome"] };
  counterOf(registry, runs, async () =>
    Object.entries(await runTotals(db)).flatMap(([source, { outcomes }]): Sample[] =>
      outcomeNames.map((outcome) => ({ labels: { source, outcome }, value: outcomes[outcome] ?? 0 })),
    ),
  );
  const items = { name: "sync_items_total", help: "What syncs did to items", labels: ["source", "action"] };
  counterOf(registry, items, async () =>
    Object.entries(await runTotals(db)).flatMap(([source, totals]): Sample[] =>
      Object.entries(actions).map(([action, name]) => ({
        labels: { source, action },
        value: totals.items[name],
      })),
    ),
  );
  const success = {
    name: "sync_last_success_timestamp_seconds",
    help: "When a source last synced to the end",
    labels: ["source"],
  };
  gaugeOf(registry, success, async () =>
    [...(await lastSuccesses(db))].map(([source, at]) => ({
      labels: { source },
      value: Date.parse(at) / 1000,
    })),
  );
}

function registerQueue(registry: Registry, db: Db, now: () => Date): void {
  const waiting = inArray(syncRun.state, ["queued", "parked", "interrupted"]);
  const depth = {
    name: "sync_queue_depth",
    help: "Syncs that wait to go on: queued, parked, interrupted",
  };
  gaugeOf(registry, depth, async () => [{ value: await db.$count(syncRun, waiting) }]);
  const oldest = {
    name: "sync_oldest_pending_seconds",
    help: "Age of the oldest sync that waits to go on; 0 when none does",
  };
  gaugeOf(registry, oldest, async () => {
    const [row] = await db
      .select({ at: min(syncRun.createdAt) })
      .from(syncRun)
      .where(waiting);
    const since = row?.at ?? null;
    return [{ value: since === null ? 0 : Math.max(0, (now().getTime() - Date.parse(since)) / 1000) }];
  });
}
