import type { App } from "@/core/services/app";
import type { Cli } from "./context";
import { runningServer } from "./server-file";

/**
 * The composition root, loaded only by the commands that need it: it brings the server, the web page's builder and
 * every integration, which take longer to load than most commands take to run.
 */
export const loadRoot = () => import("@/index");

/** Opens the program's services for one command and closes them whatever happens. */
export async function withApp<Result>(cli: Cli, body: (app: App) => Promise<Result>): Promise<Result> {
  const { openApp } = await loadRoot();
  const config = cli.config();
  // A command of an earlier version would take the index away from under the server.
  const app = await openApp({ config, leavesNewer: runningServer(config) !== undefined });
  try {
    return await body(app);
  } finally {
    await app.close();
  }
}
