/** The whole program behind its real HTTP server, with a source that syncs and one that holds secrets. */
import { expect } from "bun:test";
import { startServer } from "@/core/handlers/server";
import { AuthError } from "@/core/models/errors";
import type { Integration } from "@/core/models/integration";
import { testApp, type TestApp } from "./app";
import { createShelf, type Shelf } from "./shelf";

/** Planted where secrets go; no answer and no log line may hold any of them. */
export const canaries = { apiKey: "canary-key-91f2c0", pin: "canary-pin-44d7ab" };

/** A source with a key, a secret option and a connect check; the key `crash` makes the check itself fail. */
export const vaultSource: Integration = {
  config: {
    integration: "Vault",
    icon: "/assets/vault.svg",
    integrationType: "API_KEY",
    inputs: [{ input: "apiKey", label: "API key", required: true }],
    optionInputs: [
      { key: "pin", label: "PIN", secret: true },
      { key: "path", label: "Folder" },
      { key: "team", label: "Team" },
    ],
  },
  sync: async () => {},
  syncUpdates: async () => {},
  deleteSync: async () => {},
  choices: {
    team: async function* ({ credential }) {
      for (const name of ["Dock", "Crane"])
        yield { id: name, name, hint: `for ${credential.apiKey?.length}` };
    },
  },
  connect: async (credential) => {
    if (credential.apiKey === "wrong") throw new AuthError("Vault does not accept this key.");
    if (credential.apiKey === "crash") throw new Error(`SELECT ${canaries.pin} FROM /secret/place`);
    return { account: "vault@example.com", credential };
  },
};

export interface HttpApp extends AsyncDisposable {
  app: TestApp;
  shelf: Shelf;
  url: string;
  /** `http://localhost:PORT`, the origin of the server's own page. */
  origin: string;
  port: number;
  /** Sends `body` as JSON, or as it is when it is a string. */
  send: (method: string, path: string, options?: SendOptions) => Promise<Response>;
  stop: () => Promise<void>;
}

export interface SendOptions {
  body?: unknown;
  headers?: Record<string, string>;
}

/** `await using http = await httpApp();`: three notes on a shelf, not synced yet, and a Vault, not connected. */
export async function httpApp(environment: Record<string, string> = {}): Promise<HttpApp> {
  const shelf = createShelf();
  for (const key of ["a", "b", "c"]) shelf.put(key, `# Note ${key}\n\nZebras cross the road at dawn.`);
  const app = await testApp({ integrations: [shelf.integration, vaultSource], environment });
  const page = { body: "<!doctype html><title>page</title>", type: "text/html;charset=utf-8" };
  const script = { body: new TextEncoder().encode("export {};"), type: "text/javascript" };
  const server = await startServer(app, () =>
    Promise.resolve(
      new Map<string, { body: Uint8Array | string; type: string }>([
        ["/", page],
        ["/client-0a1b2c3d.js", script],
      ]),
    ),
  );
  const port = Number(new URL(server.url).port);
  return {
    app,
    shelf,
    port,
    url: server.url,
    origin: `http://localhost:${port}`,
    stop: server.stop,
    send: (method, path, options = {}) => send(server.url + path, method, options),
    [Symbol.asyncDispose]: async () => {
      await server.stop();
      await app[Symbol.asyncDispose]();
    },
  };
}

function send(url: string, method: string, { body, headers = {} }: SendOptions): Promise<Response> {
  const isText = typeof body === "string";
  const json: Record<string, string> =
    body === undefined || isText ? {} : { "Content-Type": "application/json" };
  const content = body === undefined || isText ? body : JSON.stringify(body);
  return fetch(url, { method, headers: { ...json, ...headers }, body: content ?? null, redirect: "manual" });
}

/** One row of a table of requests, in the manner of a contract: what goes in, what must and must not come out. */
export interface Scenario extends SendOptions {
  name: string;
  method?: string;
  path: string;
  status: number;
  contains?: readonly string[];
  lacks?: readonly string[];
  answerHeaders?: Record<string, string | null>;
}

/** Plays one scenario. No canary may show in any answer, whatever is asked. */
export async function play(http: HttpApp, scenario: Scenario): Promise<string> {
  const response = await http.send(scenario.method ?? "GET", scenario.path, scenario);
  const text = await response.text();
  expect(`${response.status} ${text.slice(0, 500)}`).toStartWith(`${scenario.status} `);
  for (const part of scenario.contains ?? []) expect(text).toContain(part);
  for (const part of [...(scenario.lacks ?? []), ...Object.values(canaries)])
    expect(text).not.toContain(part);
  for (const [name, value] of Object.entries(scenario.answerHeaders ?? {})) {
    expect(response.headers.get(name)).toBe(value);
  }
  if (response.status >= 400 && response.headers.get("content-type")?.includes("json") === true) {
    expect(JSON.parse(text)).toHaveProperty("error.message");
  }
  return text;
}

/** Sends bytes as they are, for requests that no client library would make, and gives back all that is answered. */
export function sendRaw(port: number, text: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  let answer = "";
  void Bun.connect({
    hostname: "127.0.0.1",
    port,
    socket: {
      open: (socket) => void socket.write(text),
      data: (_socket, bytes) => void (answer += bytes.toString()),
      close: () => resolve(answer),
      error: () => resolve(answer),
    },
  });
  return promise;
}
