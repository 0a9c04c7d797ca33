import type { Config } from "@/core/config";
import { addressesOf } from "@/core/middlware/addresses";
import { ConfigError } from "@/core/models/errors";
import type { App } from "@/core/services/app";
import type { McpExtension } from "@/core/services/mcp/server";
import { urlHost } from "@/lib/host-name";
import { sleep } from "@/lib/retry";
import { createApi } from "./api";
import { checkExposure } from "./exposure";
import type { ClientFiles } from "./files";

export type { ClientFiles } from "./files";

export interface RunningServer {
  url: string;
  stop: () => Promise<void>;
}

/** Longer than the pauses of any stream we hold open (15 s), so that none is cut while it is quiet. */
const IDLE_SECONDS = 120;
/** The guards answer larger bodies properly; this only keeps memory bounded when somebody sends more still. */
const MAX_BODY_BYTES = 16 * 1024 ** 2;
/** How long requests under way may take when the server stops. */
const GRACE_MS = 2_000;

/**
 * Starts the HTTP server on the configured address. Tests may extend MCP.
 *
 * @throws ConfigError for an address that others can reach while nobody can log in, and for a port that cannot be had.
 */
export async function startServer(
  app: App,
  client: ClientFiles,
  mcpExtension?: McpExtension,
): Promise<RunningServer> {
  const { config } = app;
  await checkExposure(app);
  const closing = new AbortController();
  let addresses = addressesOf(config, config.port);
  const api = createApi({ app, client, addresses: () => addresses, closing: closing.signal, mcpExtension });
  const server = listen(config, (request, peer) => api.fetch(request, { peer }));
  const port = server.port ?? config.port;
  addresses = addressesOf(config, port);
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    closing.abort();
    await Promise.race([server.stop(), sleep(GRACE_MS)]);
    await server.stop(true);
  };
  return { url: `http://${urlHost(config.host)}:${port}`, stop: () => (stopping ??= stop()) };
}

type Answer = (request: Request, peer: string) => Response | Promise<Response>;

function listen(config: Config, answer: Answer) {
  const { host, port } = config;
  try {
    return Bun.serve({
      hostname: host.replace(/^\[(.*)\]$/, "$1"),
      port,
      idleTimeout: IDLE_SECONDS,
      maxRequestBodySize: MAX_BODY_BYTES,
      development: false,
      // Without this, Bun lets a second server share the port, and the two answer in turns.
      reusePort: false,
      fetch: (request, server) => answer(request, server.requestIP(request)?.address ?? ""),
    });
  } catch (error) {
    const { reason, action } = withoutPort(error);
    throw new ConfigError(`Port ${port} on ${host} cannot be had: ${reason}.`, { action, cause: error });
  }
}

function withoutPort(error: unknown): { reason: string; action: string } {
  const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
  const another = "Stop the program that has it, or set PORT to another one, e.g. PORT=9001 npm start.";
  if (code === "EADDRINUSE") return { reason: "another program is using it", action: another };
  if (code === "EACCES") {
    return {
      reason: "this user may not use it",
      action: "Set PORT to one above 1023, e.g. PORT=9001 npm start.",
    };
  }
  const reason = code === "EADDRNOTAVAIL" ? "this machine has no such address" : code;
  return { reason, action: "Set STONETURNER_HOST to an address of this machine, or unset it." };
}
