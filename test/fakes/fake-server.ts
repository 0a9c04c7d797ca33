/** HTTP on loopback for a fake: counts requests, and makes the trouble that a suite asks for. */
import type { Clock } from "@/core/services/http/clock";
import type { FakeFaults, FakeRequest } from "./fake";

export interface Reply {
  status: number;
  /** Sent as JSON, or as it is where it is bytes. */
  body: unknown;
  headers?: Record<string, string>;
}

export interface FakeServerOptions {
  clock: Clock;
  answer: (request: Request, url: URL) => Reply | Promise<Reply>;
  /** The provider's own words for too many requests. */
  limited: () => Reply;
  failed: () => Reply;
  /** What an answer looks like after the vendor has changed it beyond recognition. */
  broken: (reply: Reply) => Reply;
}

type Trouble = "rate limit" | "server error" | "break off" | "slow";

export class FakeServer implements AsyncDisposable {
  readonly log: FakeRequest[] = [];
  /** What the provider is asked beside its data (tokens) is in no trouble. */
  spared: (url: URL) => boolean = () => false;
  private troubles: { kind: Trouble; left: number }[] = [];
  private shapeBroken = false;
  private listener: ((request: Omit<FakeRequest, "status">) => void) | undefined;
  private readonly server;

  constructor(private readonly options: FakeServerOptions) {
    this.server = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      fetch: (request) => this.serve(request),
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.server.port}`;
  }

  /** The part of a fake's faults that is the same for all; `heal` ends it. */
  faults(): FakeFaults {
    const add = (kind: Trouble) => (left: number) => void this.troubles.push({ kind, left });
    return {
      rateLimit: add("rate limit"),
      serverError: add("server error"),
      breakOff: add("break off"),
      slow: add("slow"),
      breakShape: () => void (this.shapeBroken = true),
      heal: () => {
        this.troubles = [];
        this.shapeBroken = false;
      },
      onRequest: (listener) => void (this.listener = listener),
    };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.server.stop(true);
  }

  private async serve(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const asked = { method: request.method, path: url.pathname + url.search };
    this.listener?.(asked);
    const trouble = this.spared(url) ? undefined : this.troubles.find(({ left }) => left > 0);
    if (trouble !== undefined) trouble.left--;
    if (trouble?.kind === "slow") await Bun.sleep(60);
    const reply = await this.reply(request, url, trouble?.kind);
    this.log.push({ ...asked, status: reply.status });
    const bytes = reply.body instanceof Uint8Array ? reply.body : Buffer.from(JSON.stringify(reply.body));
    const headers = {
      date: new Date(this.options.clock.now()).toUTCString(),
      "content-type": "application/json; charset=utf-8",
      ...reply.headers,
    };
    const whole = Uint8Array.from(bytes);
    if (trouble?.kind !== "break off") return new Response(whole, { status: reply.status, headers });
    return new Response(whole.slice(0, whole.length / 2), { status: reply.status, headers });
  }

  private async reply(request: Request, url: URL, trouble: Trouble | undefined): Promise<Reply> {
    if (trouble === "rate limit") return this.options.limited();
    if (trouble === "server error") return this.options.failed();
    const reply = await this.options.answer(request, url);
    // Half of a file would pass for a whole one here; the connection that broke tells a real client.
    if (trouble === "break off" && reply.body instanceof Uint8Array) return this.options.failed();
    return this.shapeBroken && reply.status === 200 && !this.spared(url) ? this.options.broken(reply) : reply;
  }
}
