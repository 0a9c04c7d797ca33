import type { App } from "@/core/services/app";
import type { Cli } from "./context";

/**
 * The composition root, loaded only by the commands that need it: it brings the server, the web page's builder and
 * every integration, which take longer to load than most commands take to run.
 */
export const loadRoot = () => import("@/index");

/** Opens the program's services for one command and closes them whatever happens. */
export async function withApp<Result>(cli: Cli, body: (app: App) => Promise<Result>): Promise<Result> {
  const { openApp } = await loadRoot();
  const app = await openApp({ config: cli.config() });
  try {
    return await body(app);
  } finally {
    await app.close();
  }
}
