/** Gong's API v2 over real HTTP, as far as calls are concerned: filters, pages, cursors that expire, limits, refusals. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Clock } from "@/core/services/http/clock";
import { hashJson } from "@/lib/hash";
import type { FakeRequest } from "../fake";
import type { FakeCall } from "./calls";
import type { GongWorld } from "./world";

const CURSOR_LIVES_MS = 3_600_000;

export interface ServerOptions {
  world: GongWorld;
  clock: Clock;
  accessKey: string;
  secretKey: string;
  pageSize: number;
  /** Requests in any second; undefined for no limit. */
  perSecond?: number | undefined;
  perDay?: number;
}

interface Cursor {
  bodyHash: string;
  after: string;
  bornAt: number;
}

interface Answer {
  status: number;
  body: Record<string, unknown>;
  headers?: Record<string, string>;
}

/** A fault: how many requests it still hits, and what it does to them. */
export interface Trouble {
  kind: "rate limit" | "server error" | "break off" | "slow";
  left: number;
}

export class GongServer {
  readonly log: FakeRequest[] = [];
  readonly troubles: Trouble[] = [];
  readonly cursors = new Map<string, Cursor>();
  refusing = false;
  shapeBroken = false;
  /** Answers like a host without an API. */
  notFound = false;
  /** Part of the paths that this key may not ask for. */
  forbidden: string | undefined;
  /** Stands among the calls of every listing. */
  extraEntry: unknown;
  listener: ((request: Omit<FakeRequest, "status">) => void) | undefined;
  url = "";
  private readonly times: number[] = [];
  private readonly server = createServer((request, response) => void this.serve(request, response));

  constructor(readonly options: ServerOptions) {}

  async start(): Promise<this> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.server.listen(0, "127.0.0.1", resolve);
    await promise;
    const address = this.server.address();
    if (address === null || typeof address === "string") throw new Error("The server has no port.");
    this.url = `http://127.0.0.1:${address.port}`;
    return this;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const asked = { method: request.method ?? "", path: request.url ?? "" };
    this.listener?.(asked);
    const trouble = this.troubles.find(({ left }) => left > 0);
    if (trouble !== undefined) trouble.left--;
    const answer = this.answer(
      asked,
      Buffer.concat(chunks).toString(),
      request.headers.authorization,
      trouble,
    );
    this.log.push({ ...asked, status: answer.status });
    const text = JSON.stringify({ requestId: `r${this.log.length}`, ...answer.body });
    const date = new Date(this.options.clock.now()).toUTCString();
    const headers = { "content-type": "application/json;charset=UTF-8", date, ...answer.headers };
    if (trouble?.kind === "slow") await Bun.sleep(60);
    response.writeHead(answer.status, { ...headers, "content-length": Buffer.byteLength(text) });
    if (trouble?.kind !== "break off") return void response.end(text);
    response.write(text.slice(0, text.length / 2));
    setTimeout(() => response.socket?.destroy(), 5);
  }

  private answer(
    asked: { method: string; path: string },
    body: string,
    authorization: string | undefined,
    trouble: Trouble | undefined,
  ): Answer {
    const basic = Buffer.from(`${this.options.accessKey}:${this.options.secretKey}`).toString("base64");
    if (trouble?.kind === "rate limit" || this.isTooFast()) return tooMany("1");
    if (this.log.length >= (this.options.perDay ?? 10_000)) return tooMany("3600");
    if (trouble?.kind === "server error") return refusal(500, "Internal error, please try again.");
    if (this.refusing || authorization !== `Basic ${basic}`)
      return refusal(401, "Unauthorized: access key or secret is not valid.");
    if (this.notFound) return { status: 404, body: { errors: ["Not Found"] } };
    if (this.forbidden !== undefined && asked.path.includes(this.forbidden))
      return refusal(403, "Missing required scope.");
    const url = new URL(asked.path, this.url);
    const answer = this.route(`${asked.method} ${url.pathname}`, url, body);
    return this.shapeBroken && answer.status === 200 ? { ...answer, body: { result: answer.body } } : answer;
  }

  private isTooFast(): boolean {
    const { perSecond, clock } = this.options;
    const now = clock.now();
    this.times.push(now);
    while ((this.times[0] ?? now) <= now - 1_000) this.times.shift();
    return perSecond !== undefined && this.times.length > perSecond;
  }

  private route(what: string, url: URL, body: string): Answer {
    const { world } = this.options;
    const query = (name: string) => url.searchParams.get(name) ?? undefined;
    if (what === "GET /v2/workspaces") return { status: 200, body: { workspaces: world.workspaces } };
    if (what === "GET /v2/users") return this.users(query("cursor"));
    if (what === "GET /v2/calls") {
      const filter = { fromDateTime: query("fromDateTime"), toDateTime: query("toDateTime") };
      if (Object.values(filter).includes(undefined))
        return refusal(400, "fromDateTime and toDateTime are required.");
      return this.list(
        { filter: { ...filter, workspaceId: query("workspaceId") }, cursor: query("cursor") },
        "calls",
        meta,
      );
    }
    if (what === "POST /v2/calls/extensive") {
      const { contentSelector } = JSON.parse(body);
      return this.list(JSON.parse(body), "calls", (call) => extensive(call, contentSelector));
    }
    if (what === "POST /v2/calls/transcript")
      return this.list(JSON.parse(body), "callTranscripts", (call) => this.transcript(call));
    const id = /^GET \/v2\/calls\/(\d+)$/.exec(what)?.[1];
    const call = world.calls.get(id ?? "");
    if (call !== undefined) return { status: 200, body: { call: meta(call) } };
    return id === undefined
      ? { status: 404, body: { errors: ["Not Found"] } }
      : refusal(404, `Call with ID ${id} does not exist`);
  }

  private users(cursor: string | undefined): Answer {
    const users = this.options.world.users.map((user) => ({
      ...user,
      emailAddress: `${user.firstName}.${user.id}@northlight.example`.toLowerCase(),
      created: "2024-01-01T08:00:00Z",
      active: true,
      emailAliases: [],
    }));
    return this.page(
      users,
      (user) => user.id,
      "users",
      {},
      cursor,
      (user) => user,
    );
  }

  private list(
    request: { filter?: Record<string, unknown>; cursor?: string | undefined },
    name: string,
    show: (call: FakeCall) => unknown,
  ): Answer {
    const { filter, cursor } = request;
    if (filter === undefined) return refusal(400, "Filter is required.");
    const ids = Array.isArray(filter["callIds"]) ? new Set(filter["callIds"]) : undefined;
    if ((ids?.size ?? 0) > 100) return refusal(400, "callIds holds more than 100 ids.");
    const from = timeOf(filter["fromDateTime"], 0);
    const to = timeOf(filter["toDateTime"], 8.64e15);
    const workspaceId = filter["workspaceId"];
    const found = [...this.options.world.calls.values()].filter(
      (call) =>
        call.started >= from &&
        call.started < to &&
        (workspaceId === undefined || call.workspaceId === workspaceId) &&
        (ids === undefined || ids.has(call.id)) &&
        (name !== "callTranscripts" || call.transcriptAt <= this.options.clock.now()),
    );
    const order = (call: FakeCall) => `${new Date(call.started).toISOString()} ${call.id}`;
    if (found.length === 0) return refusal(404, "No calls found corresponding to the provided filters");
    return this.page(found, order, name, filter, cursor, show);
  }

  /** A page after the cursor's place. The same request must come with it, within an hour of the first page. */
  private page<Item>(
    items: readonly Item[],
    order: (item: Item) => string,
    name: string,
    request: unknown,
    cursor: string | undefined,
    show: (item: Item) => unknown,
  ): Answer {
    const { clock, pageSize } = this.options;
    const bodyHash = hashJson([name, request]);
    const place = cursor === undefined ? undefined : this.cursors.get(cursor);
    if (cursor !== undefined && (place === undefined || clock.now() - place.bornAt > CURSOR_LIVES_MS))
      return refusal(400, "The cursor has expired, please restart the listing.");
    if (place !== undefined && place.bodyHash !== bodyHash)
      return refusal(400, "The cursor belongs to another request.");
    const sorted = items.toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
    const rest = sorted.filter((item) => place === undefined || order(item) > place.after);
    const shown = rest.slice(0, pageSize);
    const last = shown.at(-1);
    const records: Record<string, unknown> = {
      totalRecords: sorted.length,
      currentPageSize: shown.length,
      currentPageNumber: Math.floor((sorted.length - rest.length) / pageSize),
    };
    if (rest.length > shown.length && last !== undefined) {
      const next = `eyJ${this.cursors.size}${bodyHash.slice(0, 12)}`;
      this.cursors.set(next, { bodyHash, after: order(last), bornAt: place?.bornAt ?? clock.now() });
      records["cursor"] = next;
    }
    return {
      status: 200,
      body: {
        records,
        [name]:
          this.extraEntry === undefined || name !== "calls"
            ? shown.map(show)
            : [...shown.map(show), this.extraEntry],
      },
    };
  }

  private transcript(call: FakeCall): unknown {
    return { callId: call.id, transcript: call.transcript };
  }
}

function timeOf(value: unknown, otherwise: number): number {
  return typeof value === "string" ? Date.parse(value) : otherwise;
}

function refusal(status: number, message: string): Answer {
  return { status, body: { errors: [message] } };
}

function tooMany(seconds: string): Answer {
  return {
    ...refusal(429, "API rate limit exceeded, please try again later."),
    headers: { "retry-after": seconds },
  };
}

function meta(call: FakeCall): Record<string, unknown> {
  return {
    id: call.id,
    url: `https://app.gong.io/call?id=${call.id}`,
    title: call.title,
    scheduled: new Date(call.started).toISOString(),
    started: new Date(call.started).toISOString(),
    duration: call.duration,
    primaryUserId: call.hostId,
    direction: "Conference",
    system: "Zoom",
    scope: "External",
    media: "Video",
    language: "eng",
    workspaceId: call.workspaceId,
    meetingUrl: "https://zoom.example/j/1",
    isPrivate: call.isPrivate,
    ...call.extra,
  };
}

/** Only what the selector asks for, as Gong does. */
function extensive(call: FakeCall, selector: unknown): Record<string, unknown> {
  const shown: Record<string, unknown> = { metaData: meta(call) };
  if (typeof selector !== "object" || selector === null) return shown;
  const wanted: Record<string, unknown> = { ...selector };
  const exposed: Record<string, unknown> = {
    ...(typeof wanted["exposedFields"] === "object" ? wanted["exposedFields"] : {}),
  };
  if (wanted["context"] === "Extended") shown["context"] = call.context;
  if (exposed["parties"] === true) shown["parties"] = call.parties;
  if (typeof exposed["content"] === "object" && call.content !== undefined) {
    const chosen = { ...exposed["content"] } as Record<string, unknown>;
    shown["content"] = Object.fromEntries(
      Object.entries(call.content).filter(([name]) => chosen[name] === true || !(name in KNOWN)),
    );
  }
  if (exposed["collaboration"] !== undefined) shown["collaboration"] = { publicComments: call.comments };
  if (exposed["interaction"] !== undefined && call.content?.["brief"] !== undefined)
    shown["interaction"] = { questions: { companyCount: 4, nonCompanyCount: call.parties.length } };
  return shown;
}

const KNOWN = Object.fromEntries(
  [
    "brief",
    "keyPoints",
    "outline",
    "highlights",
    "topics",
    "trackers",
    "pointsOfInterest",
    "callOutcome",
  ].map((name) => [name, 1]),
);
