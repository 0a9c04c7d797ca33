import { countArtifacts } from "@/core/db/queries/artifacts";
import type { App } from "@/core/services/app";
import { isIndexReady, isRenewable, refuseNewer } from "@/core/services/index/index-schema";
import { countOlder } from "@/core/services/index/renewal";
import { runningServer } from "./server-file";
import { count } from "./text";

/**
 * Indexes what waits for it, where no server does so. A server that has run since before an upgrade cannot.
 *
 * @param note told in a line when it will take long.
 */
export async function indexHere(app: App, note: (line: string) => void): Promise<void> {
  const isReady = await isIndexReady(app.db);
  const isServed = runningServer(app.config) !== undefined;
  if (isReady && isServed) return;
  if (isServed) await refuseNewer(app.db);
  if (!isReady && !(await isRenewable(app.db)) && (await countArtifacts(app.db)).length > 0)
    note(
      "The index is brought up to this version of Stoneturner first; with much in it that can take minutes.",
    );
  await app.runner.catchUp();
}

/**
 * The same, and then renews what an earlier version of the program indexed.
 *
 * @param signal stops it between two artifacts; the next command or server goes on.
 */
export async function renewHere(app: App, note: (line: string) => void, signal: AbortSignal): Promise<void> {
  const stop = () => void app.runner.shutdown();
  signal.addEventListener("abort", stop);
  try {
    await indexHere(app, note);
    if (signal.aborted || runningServer(app.config) !== undefined) return;
    const older = await countOlder(app.db);
    if (older > 0)
      note(`${count(older, "artifact")} are indexed anew for this version; that can take minutes.`);
    await app.runner.renewIndex();
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
