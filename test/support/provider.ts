/** A provider on loopback that answers as a test wants, whole or in broken bytes, and a client that may call it. */
import { createServer, type Socket } from "node:net";
import type { LogFields, Logger } from "@/core/models/logger";
import { createHttpClient } from "@/core/services/http/client";
import { createRequestLedger } from "@/core/services/http/ledger";
import { createHttpShared } from "@/core/services/http/shared";
import type { HttpClientOptions } from "@/core/services/http/types";

export interface Heard {
  method: string;
  /** Path with query. */
  path: string;
  headers: Headers;
  body: string;
  at: number;
}

type Answer = (heard: Heard) => Response | Promise<Response>;

/** Answer n is for request n, the last one for all that follow. */
export function provider(...answers: Answer[]) {
  const heard: Heard[] = [];
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    idleTimeout: 30,
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url);
      const { method, headers } = request;
      const one = {
        method,
        path: pathname + search,
        headers,
        body: await request.text(),
        at: performance.now(),
      };
      heard.push(one);
      const answer = answers[Math.min(heard.length, answers.length) - 1];
      return answer === undefined ? new Response("nothing planned", { status: 500 }) : await answer(one);
    },
  });
  return {
    heard,
    host: `127.0.0.1:${server.port}`,
    url: `http://127.0.0.1:${server.port}`,
    port: Number(server.port),
    [Symbol.asyncDispose]: () => server.stop(true),
  };
}

/** A server that says exactly `bytes` to whoever connects and asks, or does what `play` does. */
export async function rawProvider(play: string | Uint8Array | ((socket: Socket) => void)) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    // A client that hangs up is what these tests are about.
    socket.on("error", () => undefined);
    socket.once("data", () => (typeof play === "function" ? play(socket) : socket.end(play)));
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    sockets,
    host: `127.0.0.1:${port}`,
    url: `http://127.0.0.1:${port}`,
    [Symbol.dispose]: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** A logger that keeps what it is told. */
export function keepingLogger(): Logger & { lines: { message: string; fields: LogFields | undefined }[] } {
  const lines: { message: string; fields: LogFields | undefined }[] = [];
  const keep = (message: string, fields?: LogFields) => void lines.push({ message, fields });
  const logger = { lines, debug: keep, info: keep, warn: keep, error: keep, child: () => logger };
  return logger;
}

/** A client that may call `hosts`, waits milliseconds where others wait seconds, and keeps log and ledger. */
export function clientOf(
  hosts: { host: string } | readonly string[],
  options: Partial<HttpClientOptions> = {},
) {
  const log = keepingLogger();
  const ledger = createRequestLedger();
  const client = createHttpClient({
    credentialKey: "test",
    log,
    ledger,
    allowedPrivateHosts: "host" in hosts ? [hosts.host] : hosts,
    timeouts: { headersMs: 2_000, idleMs: 1_000, totalMs: 5_000 },
    policy: { baseDelayMs: 4, maxDelayMs: 20 },
    shared: createHttpShared(),
    ...options,
  });
  return { ...client, log, ledger };
}
