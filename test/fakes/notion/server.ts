/** Serves a fake workspace over HTTP on loopback. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { FakeRequest } from "../fake";
import type { FakeOAuth } from "./oauth";
import { missingVersion, type Reply, unauthorized } from "./errors";
import type { Faults } from "./faults";
import { answer, type Settings } from "./routes";
import type { State } from "./state";

export interface Access {
  /** The secret of the internal integration. */
  token: string;
  accepted: boolean;
  oauth: FakeOAuth;
  generation: number;
}

export interface NotionServer extends AsyncDisposable {
  url: string;
  asked: FakeRequest[];
}

export async function serveNotion(
  state: State,
  settings: Settings,
  access: Access,
  faults: Faults,
): Promise<NotionServer> {
  const asked: FakeRequest[] = [];
  const server = createServer((request, response) => {
    void respond(request, response, { state, settings, access, faults, asked });
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The fake has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

interface Serving {
  state: State;
  settings: Settings;
  access: Access;
  faults: Faults;
  asked: FakeRequest[];
}

async function respond(request: IncomingMessage, response: ServerResponse, serving: Serving): Promise<void> {
  const { faults, settings, access, asked } = serving;
  const method = request.method ?? "GET";
  const path = request.url ?? "/";
  const body = await readJson(request);
  const trouble = faults.meet({ method, path });
  const url = new URL(path, "http://127.0.0.1");
  let reply =
    trouble?.kind === "reply"
      ? trouble.reply()
      : (consented(request, url, body, access) ?? refused(request, access));
  reply ??= answer(serving.state, { ...settings, generation: access.generation }, { method, url, body });
  if (trouble?.kind === "shape" && reply.status === 200)
    reply = { status: 200, body: { object: "list", items: [] } };
  asked.push({ method, path, status: reply.status });
  if (trouble?.kind === "slow") await Bun.sleep(trouble.ms);
  const bytes = Buffer.from(JSON.stringify(reply.body));
  const date = new Date(settings.now()).toUTCString();
  response.sendDate = false;
  response.writeHead(reply.status, {
    "Content-Type": "application/json; charset=utf-8",
    Date: date,
    "Content-Length": bytes.length,
    ...reply.headers,
  });
  if (trouble?.kind !== "breakOff") return void response.end(bytes);
  response.write(bytes.subarray(0, bytes.length / 2));
  setTimeout(() => response.socket?.destroy(), 10);
}

function consented(
  { method, headers }: IncomingMessage,
  url: URL,
  body: unknown,
  { oauth }: Access,
): Reply | undefined {
  const line = `${method} ${url.pathname}`;
  if (line === "GET /v1/oauth/authorize") return oauth.authorize(url);
  if (line === "POST /v1/oauth/token") return oauth.token(body, headers.authorization);
  return line === "POST /v1/oauth/revoke" ? oauth.revoke(body) : undefined;
}

function refused(request: IncomingMessage, access: Access): Reply | undefined {
  const token = request.headers.authorization?.replace(/^Bearer /, "") ?? "";
  const known = (access.accepted && token === access.token) || access.oauth.accepted.has(token);
  if (!known) return unauthorized();
  return request.headers["notion-version"] === "2026-03-11" ? undefined : missingVersion();
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const text = Buffer.concat(chunks).toString();
  return text === "" ? undefined : JSON.parse(text);
}
