import { forgetElsewhere, holdersOf } from "@/core/db/queries/shared-artifacts";
import type { StreamKey } from "@/core/db/queries/sync-state";
import { findRun } from "@/core/db/queries/runs";
import type { Db } from "@/core/models/database";
import { removeArtifacts } from "./artifact-writer";

/**
 * Removes the artifacts of items that leave, but for those that another item stands for by now: one of the same
 * stream (the item moved), or one that another stream brought during this run. Older rows of other streams give way.
 *
 * @param leaving keys of the items that leave; their rows need not be deleted yet.
 */
export async function releaseArtifacts(
  tx: Db,
  key: StreamKey,
  runId: string,
  leaving: readonly string[],
  artifactIds: readonly string[],
): Promise<void> {
  if (artifactIds.length === 0) return;
  const left = new Set(leaving);
  const others = (await holdersOf(tx, artifactIds)).filter(
    (row) => row.stream !== key.stream || !left.has(row.itemKey),
  );
  const since = others.length === 0 ? "" : ((await findRun(tx, runId))?.createdAt ?? "");
  const held = new Set(
    others.filter((row) => row.stream === key.stream || row.updatedAt >= since).map((row) => row.artifactId),
  );
  const released = artifactIds.filter((id) => !held.has(id));
  await removeArtifacts(tx, released, "gone");
  if (others.length > 0) await forgetElsewhere(tx, key, released);
}
