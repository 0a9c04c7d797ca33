import { findArtifact } from "@/core/db/queries/artifacts";
import type { Artifact } from "@/core/models/api";
import { NotFoundError } from "@/core/models/errors";
import type { App } from "@/core/services/app";
import { plainLine } from "@/lib/clean-text";

/** Addresses that this program gives out itself: of its resource, and of its page, where `search` has no other. */
const ownAddress = /^(?:artifact:\/\/|https?:\/\/[^/]+\/artifact\/)([^/?#]+)$/;

/**
 * The artifact with this id, ours or the source's, or with this address of ours.
 *
 * @throws NotFoundError when there is none, or none any more.
 */
export async function requireArtifact(app: Pick<App, "db">, id: string): Promise<Artifact> {
  const artifact = (await findArtifact(app.db, id)) ?? (await findAddressed(app, id));
  if (artifact !== undefined) return artifact;
  throw new NotFoundError(`There is no artifact with the id '${plainLine(id, 120)}'.`, {
    action: /^\w+:\/\//.test(id)
      ? "It takes an id; that of an address is found with run_sql_query: SELECT id FROM mdArtifacts WHERE url = '…'."
      : "It takes an id or integrationArtifactId as semantic_search gives it; removed artifacts have none.",
  });
}

async function findAddressed({ db }: Pick<App, "db">, address: string): Promise<Artifact | undefined> {
  const id = ownAddress.exec(address)?.[1];
  return id === undefined ? undefined : findArtifact(db, id);
}
