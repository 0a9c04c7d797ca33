/** The whole program but the server, on a data folder of its own, for tests. */
import { parseConfig } from "@/core/config";
import { openDatabase } from "@/core/db/open";
import type { SqlRow } from "@/core/models/database";
import type { Integration } from "@/core/models/integration";
import type { HttpShared } from "@/core/services/http/types";
import type { App } from "@/core/services/app";
import { openApp } from "@/index";
import { temporaryFolder } from "./database";

export interface TestApp extends App, AsyncDisposable {
  folder: string;
  /** Log lines, parsed. */
  logged: Record<string, unknown>[];
  /** Runs SQL on the secrets database, behind the program's back. */
  secrets: (sql: string) => Promise<SqlRow[]>;
}

/** `await using app = await testApp({ integrations: [mine] });` */
export async function testApp(options: {
  integrations?: readonly Integration[];
  environment?: Record<string, string>;
  /** What outgoing requests share, such as a clock that runs fast. */
  http?: HttpShared;
  /** An existing data folder, left in place afterwards. */
  home?: string;
}): Promise<TestApp> {
  const folder = options.home === undefined ? temporaryFolder() : undefined;
  const home = options.home ?? folder?.path ?? "";
  const logged: Record<string, unknown>[] = [];
  const integrations = options.integrations ?? [];
  const app = await openApp({
    config: parseConfig({ STONETURNER_HOME: home, PORT: "0", LOG_LEVEL: "debug", ...options.environment }),
    integrations,
    configs: integrations.map((integration) => integration.config),
    ...(options.http === undefined ? {} : { http: options.http }),
    writeLog: (line) => void logged.push(JSON.parse(line)),
  });
  return {
    ...app,
    folder: home,
    logged,
    secrets: async (sql) => {
      const { db, close } = openDatabase(app.config.secretsPath);
      return db.raw.all(sql).finally(close);
    },
    [Symbol.asyncDispose]: async () => {
      await app.close();
      folder?.[Symbol.dispose]();
    },
  };
}
