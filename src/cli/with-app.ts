import type { App } from "@/core/services/app";
import { openApp } from "@/index";
import type { Cli } from "./context";

/** Opens the program's services for one command and closes them whatever happens. */
export async function withApp<Result>(cli: Cli, body: (app: App) => Promise<Result>): Promise<Result> {
  const app = await openApp({ config: cli.config() });
  try {
    return await body(app);
  } finally {
    await app.close();
  }
}
