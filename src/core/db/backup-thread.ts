/**
 * Entry point of the thread that writes and checks a copy of the database: both hold a thread for as long as the disk
 * takes, and whoever waits for the copy may want to stop. Started by `backupDatabase` only.
 */
import { Database } from "bun:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import type { CopyOutcome } from "./backup";

const { path, part } = z.object({ path: z.string(), part: z.string() }).parse(workerData);

function copy(): CopyOutcome {
  try {
    const from = new Database(path, { readonly: true });
    from.run("PRAGMA busy_timeout = 5000");
    from.run("VACUUM INTO ?", [part]);
    from.close();
    const copied = new Database(part, { readonly: true });
    const problems = copied.query("PRAGMA quick_check").values().flat().map(String);
    copied.close();
    return { problems: problems.filter((text) => text !== "ok") };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    return { code, message: error instanceof Error ? error.message : String(error) };
  }
}

// A thread's port takes no origin; the rule means windows.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
parentPort?.postMessage(copy());
