import type { App } from "@/core/services/app";

/** Files of the built web page by path, e.g. `/` and `/client-abc123.js`. */
export type ClientFiles = () => Promise<ReadonlyMap<string, { body: Uint8Array | string; type: string }>>;

export interface RunningServer {
  url: string;
  stop: () => Promise<void>;
}

export function startServer(_app: App, _client: ClientFiles): Promise<RunningServer> {
  throw new Error("not built");
}
