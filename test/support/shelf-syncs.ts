import type { SyncRun } from "@/core/models/sync";
import type { Shelf } from "./shelf";
import type { TestApp } from "./app";
import { isNull } from "drizzle-orm";
import { mdArtifacts } from "@/core/db/schema";

/** Syncs the shelf and waits for the run's end. */
export async function syncShelf(
  app: TestApp,
  mode: "full" | "incremental" = "incremental",
): Promise<SyncRun> {
  const [started] = await app.runner.start({ integration: "shelf", mode, trigger: "manual" });
  return app.runner.wait(started?.runId ?? "");
}

/** Puts `count` notes on the shelf: n000, n001, … */
export function fillShelf(shelf: Shelf, count: number): void {
  for (let index = 0; index < count; index++) {
    shelf.put(
      `n${String(index).padStart(3, "0")}`,
      `# Note ${index}\n\nThe harbour crane number ${index} was painted.`,
    );
  }
}

/** Titles of everything that is served. */
export function liveArtifacts(app: TestApp): Promise<{ title: string }[]> {
  return app.db.select({ title: mdArtifacts.title }).from(mdArtifacts).where(isNull(mdArtifacts.deletedAt));
}
