/** A scripted provider over real HTTP: lists, changes, items and tokens of a `World`, with faults by rule. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { World, type WorldItem } from "./provider-world";

/** What happens instead of the answer, or to it. */
export type Fault =
  | { status: number; headers?: Record<string, string>; body?: string }
  | "reset"
  | "truncate"
  | "drip"
  | "silence"
  | ((answer: Answer) => Answer);

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

export interface Rule {
  /** Requests it applies to: part of "GET /path?query". */
  on: string;
  fault: Fault;
  /** How many requests it hits. Default: all. */
  times?: number;
}

export interface Asked {
  line: string;
  token: string | undefined;
  at: number;
}

export class FakeProvider implements AsyncDisposable {
  readonly world = new World();
  readonly asked: Asked[] = [];
  readonly rules: Rule[] = [];
  /** The access token that is accepted; undefined: any. */
  token: string | undefined;
  /** Called with every request before it is answered: change the world here, while somebody reads it. */
  onRequest: (line: string) => void = () => undefined;
  pageSize = 5;
  private readonly server = createServer((request, response) => void this.serve(request, response));
  url = "";

  static async start(): Promise<FakeProvider> {
    const provider = new FakeProvider();
    const { promise, resolve } = Promise.withResolvers<void>();
    provider.server.listen(0, "127.0.0.1", resolve);
    await promise;
    const address = provider.server.address();
    if (address === null || typeof address === "string") throw new Error("The provider has no port.");
    provider.url = `http://127.0.0.1:${address.port}`;
    return provider;
  }

  get host(): string {
    return new URL(this.url).host;
  }

  fail(on: string, fault: Fault, times?: number): void {
    this.rules.push({ on, fault, ...(times === undefined ? {} : { times }) });
  }

  /** Requests whose line holds `part`. */
  count(part: string): number {
    return this.asked.filter(({ line }) => line.includes(part)).length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const line = `${request.method} ${request.url}`;
    const token = request.headers.authorization?.replace(/^Bearer /, "");
    this.asked.push({ line, token, at: Date.now() });
    request.resume();
    this.onRequest(line);
    const rule = this.rules.find(({ on, times }) => line.includes(on) && (times ?? 1) > 0);
    if (rule?.times !== undefined) rule.times--;
    await play(rule?.fault, this.answer(line, token), response);
  }

  private answer(line: string, token: string | undefined): Answer {
    const url = new URL(line.slice(line.indexOf("/")), this.url);
    const date = new Date(Date.now() + this.world.skewMs).toUTCString();
    const headers = { "content-type": "application/json", date };
    const reply = (body: unknown, status = 200) => ({ status, headers, body });
    if (url.pathname === "/token") {
      this.token = `token-${this.asked.length}`;
      return reply({ access_token: this.token, expires_in: 3600 });
    }
    if (this.token !== undefined && token !== this.token) return reply({ error: "invalid token" }, 401);
    if (url.pathname === "/items") return reply(this.page(url));
    const item = this.world.items.get(decodeURIComponent(url.pathname.replace("/items/", "")));
    if (item === undefined || item.deleted) return reply({ error: "not found" }, 404);
    return item.hidden ? reply({ error: "forbidden" }, 403) : reply(shown(item, true));
  }

  private page(url: URL): unknown {
    const since = url.searchParams.get("since");
    const all = since === null ? this.world.visible() : this.world.changes(Date.parse(since));
    const offset = url.searchParams.get("offset");
    const order = (item: WorldItem) => (since === null ? item.id : `${item.updatedAt} ${item.id}`);
    const after = url.searchParams.get("cursor");
    const start =
      offset === null ? all.findIndex((item) => after === null || order(item) > after) : Number(offset);
    const items = start < 0 ? [] : all.slice(start, start + this.pageSize);
    const last = items.at(-1);
    const more = start >= 0 && start + items.length < all.length;
    return { items: items.map((item) => shown(item)), next: more && last !== undefined ? order(last) : null };
  }
}

function shown(item: WorldItem, whole = false): Record<string, unknown> {
  const { id, updatedAt, hidden, deleted, text } = item;
  return {
    id,
    updatedAt: Number.isNaN(updatedAt) ? "unknown" : new Date(updatedAt).toISOString(),
    ...(hidden ? { hidden } : {}),
    ...(deleted ? { deleted } : {}),
    ...(whole ? { text } : {}),
  };
}

async function play(fault: Fault | undefined, planned: Answer, response: ServerResponse): Promise<void> {
  if (fault === "silence") return;
  if (fault === "reset") return void response.socket?.destroy();
  const changed =
    typeof fault === "function"
      ? fault(planned)
      : typeof fault === "object"
        ? {
            status: fault.status,
            headers: { ...planned.headers, ...fault.headers },
            body: fault.body ?? "{}",
          }
        : planned;
  const text = typeof changed.body === "string" ? changed.body : JSON.stringify(changed.body);
  const bytes = new TextEncoder().encode(text);
  response.writeHead(changed.status, { ...changed.headers, "content-length": bytes.length });
  if (fault === "truncate") {
    response.write(bytes.slice(0, bytes.length / 2));
    setTimeout(() => response.socket?.destroy(), 20);
    return;
  }
  if (fault !== "drip") return void response.end(bytes);
  for (const byte of bytes) {
    if (response.destroyed) return;
    response.write(Uint8Array.of(byte));
    await Bun.sleep(40);
  }
  response.end();
}

/** A fault that changes the items of a listed page. */
export function changeItems(
  change: (items: Record<string, unknown>[]) => unknown[],
): (answer: Answer) => Answer {
  return (answer) => {
    // The provider's own page, made above.
    const body = answer.body as { items: Record<string, unknown>[]; next: string | null };
    return { ...answer, body: { ...body, items: change(body.items) } };
  };
}
