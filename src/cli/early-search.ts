import type { Config } from "@/core/config";
import { ConfigError } from "@/core/models/errors";
import { startSearchWorker, type SearchWorker } from "@/core/services/search/thread/search-worker";

/**
 * Starts the search thread of a server before the command line itself is loaded, which takes as long again: the thread
 * has its program to load, and the index to read. Undefined for any other command, and where the configuration is wrong:
 * the command meets the same, and says so.
 *
 * @param args what stands after `stoneturner` on the command line
 */
export function startSearchEarly(args: readonly string[], config: () => Config): SearchWorker | undefined {
  if (args[0] !== "serve" || args.includes("--help") || args.includes("-h")) return undefined;
  try {
    return startSearchWorker(config().databasePath);
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}
