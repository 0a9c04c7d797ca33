import { findArtifact } from "@/core/db/queries/artifacts";
import type { Artifact } from "@/core/models/api";
import { NotFoundError } from "@/core/models/errors";
import type { App } from "@/core/services/app";
import { plainLine } from "@/lib/clean-text";

/**
 * The artifact with this id, ours or the source's.
 *
 * @throws NotFoundError when there is none, or none any more.
 */
export async function requireArtifact(app: Pick<App, "db">, id: string): Promise<Artifact> {
  const artifact = await findArtifact(app.db, id);
  if (artifact !== undefined) return artifact;
  throw new NotFoundError(`There is no artifact with the id '${plainLine(id, 120)}'.`, {
    action:
      "It takes an id or integrationArtifactId as semantic_search gives it; removed artifacts have none.",
  });
}
