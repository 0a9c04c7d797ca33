import { countByModel } from "@/core/db/queries/index-models";
import type { Db } from "@/core/models/database";
import type { VectorState } from "@/core/models/system";
import { queueLength } from "./embed-queue";
import { vectorVersions } from "./vector-versions";

/**
 * How the vector index stands: which model search uses, which one is being built and how far that has come, and why
 * embedding stands still, if it does. Counts are of artifacts.
 */
export async function readVectorState(db: Db): Promise<VectorState> {
  const versions = await vectorVersions(db);
  const building = versions.find(({ state }) => state === "building");
  const waiting = await queueLength(db);
  return {
    model: versions.find(({ state }) => state === "active")?.model ?? null,
    waiting,
    building: building === undefined ? null : { model: building.model, ...(await progress(db, waiting)) },
    problem: await newestProblem(db),
  };
}

/** What comes in meanwhile adds to the total; what waits is never more than that. */
async function progress(db: Db, waiting: number): Promise<{ done: number; total: number }> {
  const made = await db.raw.all(`SELECT 1 FROM sqlite_master WHERE name = 'searchArtifact'`);
  if (made.length === 0) return { done: 0, total: waiting };
  const [row] = await db.raw.all(`SELECT count(*) AS n FROM searchArtifact WHERE chunks > 0`);
  const total = Math.max(waiting, Number(row?.["n"] ?? 0));
  return { done: total - waiting, total };
}

/** A model that could not even be opened has its problem on the active version, so either may hold the newest. */
async function newestProblem(db: Db): Promise<string | null> {
  const [row] = await db.raw.all(
    `SELECT problem FROM vectorIndex WHERE state <> 'dropped' AND problem IS NOT NULL ORDER BY problemAt DESC LIMIT 1`,
  );
  return row === undefined ? null : String(row["problem"]);
}

/** States that vectors are counted by. */
export const vectorStates = ["active", "building", "dropped"] as const;

/** Stored vectors of passages by the state of their version. */
export async function countVectorsByState(db: Db): Promise<Record<(typeof vectorStates)[number], number>> {
  const counts = { active: 0, building: 0, dropped: 0 };
  const byModel = new Map((await countByModel(db)).map(({ model, vectors }) => [model, vectors]));
  for (const { model, state } of await vectorVersions(db)) counts[state] += byModel.get(model) ?? 0;
  return counts;
}
