import { countArtifacts } from "@/core/db/queries/artifacts";
import type { App } from "@/core/services/app";
import { isIndexReady } from "@/core/services/index/index-schema";
import { runningServer } from "./server-file";

/**
 * Indexes what waits for it, where no server does so: after an upgrade that may be everything. A server that has run
 * since before the upgrade cannot.
 *
 * @param note told in a line when it will take long.
 */
export async function indexHere(app: App, note: (line: string) => void): Promise<void> {
  const isReady = await isIndexReady(app.db);
  if (isReady && runningServer(app.config) !== undefined) return;
  if (!isReady && (await countArtifacts(app.db)).length > 0)
    note("The index is made for this version of Stoneturner first; with much in it that takes minutes.");
  await app.runner.catchUp();
}
