/**
 * Firecrawl's API v2, as far as a reader of crawls needs it: crawls that take their time, bring pages in parts, and are
 * forgotten; credits; limits. Shapes and words follow docs.firecrawl.dev/api-reference and the server's published source.
 */
import { z } from "zod";
import type { Clock } from "@/core/services/http/clock";
import type { FakeSource, StartFake } from "../fake";
import { FakeServer, type Reply } from "../fake-server";
import { type Crawled, ORIGIN, WebWorld } from "./world";

interface Crawl {
  id: string;
  url: string;
  limit: number;
  startedAt: number;
  addresses: string[];
  mainOnly: boolean;
  /** What came of the addresses so far. */
  done: (Crawled | undefined)[];
  robotsBlocked: string[];
  ended?: { status: "failed" | "cancelled"; error?: string };
}

export interface FirecrawlFake extends FakeSource {
  world: WebWorld;
  crawls: ReadonlyMap<string, Crawl>;
  /** Bodies of the crawls that were asked for. */
  asked: Record<string, unknown>[];
  credits: number;
  /** From now on a crawl ends so, with what it had read. */
  endAs: (ended: Crawl["ended"] | undefined) => void;
  /** A server of one's own: no keys, and no list of credits, or no end of them. */
  isOwnServer: boolean | "endless";
  /** Milliseconds that a page takes. */
  pace: number;
  /** Refuses to begin a crawl, in words. */
  refusal: { status: number; error: string } | undefined;
}

const bodySchema = z.looseObject({
  url: z.url(),
  limit: z.number().int().positive(),
  includePaths: z.array(z.string()).default([]),
  excludePaths: z.array(z.string()).default([]),
  scrapeOptions: z.looseObject({
    formats: z.tuple([z.literal("markdown")]),
    onlyMainContent: z.boolean(),
    maxAge: z.literal(0),
  }),
});

const said = (status: number, error: string): Reply => ({ status, body: { success: false, error } });

class FirecrawlServer {
  readonly crawls = new Map<string, Crawl>();
  readonly asked: Record<string, unknown>[] = [];
  credits = 100_000;
  pace = 200;
  isOwnServer: boolean | "endless" = false;
  refusing = false;
  refusal: { status: number; error: string } | undefined;
  endsAs: Crawl["ended"];
  private forgotten = new Set<string>();

  constructor(
    private readonly world: WebWorld,
    private readonly clock: Clock,
    readonly key: string,
    private readonly pageSize: number,
  ) {}

  forgetCrawls(): void {
    this.forgotten = new Set(this.crawls.keys());
  }

  async answer(request: Request, url: URL): Promise<Reply> {
    const isKnown = request.headers.get("authorization") === `Bearer ${this.key}`;
    if (this.refusing || !(isKnown || this.isOwnServer !== false))
      return said(401, "Unauthorized: Invalid token");
    if (url.pathname === "/v2/team/credit-usage") {
      if (this.isOwnServer === true) return said(404, "Could not find credit usage information");
      return {
        status: 200,
        body: {
          success: true,
          data: { remainingCredits: this.isOwnServer === false ? this.credits : null, planCredits: 500 },
        },
      };
    }
    if (url.pathname === "/v2/crawl" && request.method === "POST")
      return this.begin(await request.json(), url);
    if (url.pathname === "/v2/crawl/active") return this.active();
    const [, id = "", errors] = /^\/v2\/crawl\/([^/]+)(\/errors)?$/.exec(url.pathname) ?? [];
    const crawl = this.crawls.get(id);
    if (crawl === undefined) return said(404, "Job not found");
    if (this.forgotten.has(id)) return said(404, "Job expired");
    this.move(crawl);
    if (request.method === "DELETE") {
      if (!this.isUnderWay(crawl)) return { status: 409, body: { error: "Crawl is already completed" } };
      crawl.ended = { status: "cancelled" };
      crawl.addresses.length = crawl.done.length;
      return { status: 200, body: { status: "cancelled" } };
    }
    return errors === undefined ? this.status(crawl, url) : this.errors(crawl);
  }

  private begin(given: unknown, url: URL): Reply {
    if (this.refusal !== undefined) return said(this.refusal.status, this.refusal.error);
    if (this.credits <= 0)
      return said(
        402,
        "Insufficient credits to perform this request. For more credits, you can upgrade your plan.",
      );
    const body = bodySchema.safeParse(given).data;
    if (body === undefined) return said(400, "Bad Request");
    this.asked.push(body);
    const id = `0199${String(this.crawls.size + 1).padStart(4, "0")}-0000-7000-8000-000000000000`;
    const start = new URL(body.url).pathname.replace(/\/$/, "");
    const fits = (address: string) => {
      const [path = ""] = address.split("?");
      const isIn =
        body.includePaths.length === 0 || body.includePaths.some((one) => new RegExp(one).test(path));
      return path.startsWith(start) && isIn && !body.excludePaths.some((one) => new RegExp(one).test(path));
    };
    this.crawls.set(id, {
      ...{ id, url: body.url, startedAt: this.clock.now(), done: [] },
      limit: Math.min(body.limit, this.credits),
      addresses: this.world.addresses().filter(fits).slice(0, Math.min(body.limit, this.credits)),
      mainOnly: body.scrapeOptions.onlyMainContent,
      robotsBlocked: [...this.world.blocked].filter(fits).map((path) => ORIGIN + path),
      ...(this.endsAs === undefined ? {} : { ended: this.endsAs }),
    });
    return { status: 200, body: { success: true, id, url: `https://${url.host}/v2/crawl/${id}` } };
  }

  private active(): Reply {
    const running = [...this.crawls.values()].filter((crawl) => {
      this.move(crawl);
      return this.isUnderWay(crawl) && !this.forgotten.has(crawl.id);
    });
    const crawls = running.map(({ id, url }) => ({ id, teamId: "team-1", url, options: {} }));
    return { status: 200, body: { success: true, crawls } };
  }

  /** Pages are read one after the other; each is as it is at that moment. */
  private move(crawl: Crawl): void {
    const time = Math.floor((this.clock.now() - crawl.startedAt) / this.pace);
    const most = crawl.ended === undefined ? crawl.addresses.length : Math.floor(crawl.addresses.length / 2);
    while (crawl.done.length < Math.min(time, most)) {
      const address = crawl.addresses[crawl.done.length] ?? "";
      const found = this.world.crawl(address, crawl.mainOnly);
      crawl.done.push(found);
      if (found !== undefined && "document" in found) this.credits--;
    }
  }

  private isUnderWay({ ended, done, addresses }: Crawl): boolean {
    return done.length < (ended === undefined ? addresses.length : Math.floor(addresses.length / 2));
  }

  private status(crawl: Crawl, url: URL): Reply {
    const documents = crawl.done.flatMap((one) =>
      one !== undefined && "document" in one ? [one.document] : [],
    );
    const skip = Number(url.searchParams.get("skip") ?? "0");
    const data = documents.slice(skip, skip + this.pageSize);
    const underWay = this.isUnderWay(crawl);
    const status = underWay ? "scraping" : (crawl.ended?.status ?? "completed");
    const total = underWay ? crawl.addresses.length : documents.length;
    const hasMore = documents.length > skip + data.length || status !== "completed";
    // Behind a proxy the server takes its address for one with https.
    const next = `https://${url.host}/v2/crawl/${crawl.id}?skip=${skip + data.length}`;
    return {
      status: 200,
      body: {
        ...{ success: true, status, total, completed: documents.length, creditsUsed: documents.length },
        expiresAt: new Date(crawl.startedAt + 86_400_000).toISOString(),
        ...(hasMore ? { next } : {}),
        ...(crawl.ended?.error === undefined || underWay ? {} : { error: crawl.ended.error }),
        data,
      },
    };
  }

  private errors({ done, robotsBlocked }: Crawl): Reply {
    const errors = done.flatMap((one, index) =>
      one !== undefined && "error" in one ? [{ id: `e${index}`, url: one.url, error: one.error }] : [],
    );
    return { status: 200, body: { errors, robotsBlocked } };
  }
}

export async function startFirecrawl({
  seed,
  items,
  clock,
  pageSize = items > 200 ? 100 : 5,
}: Parameters<StartFake>[0]): Promise<FirecrawlFake> {
  const world = new WebWorld(seed, clock);
  for (let index = 0; index < items; index++) world.create();
  const api = new FirecrawlServer(world, clock, `fc-canary${seed}5e1f77ab`, pageSize);
  const server = new FakeServer({
    clock,
    answer: (request, url) => api.answer(request, url),
    // The wait stands in the words alone.
    limited: () =>
      said(
        429,
        "Rate limit exceeded. Consumed (req/min): 11, Remaining (req/min): 0. Upgrade your plan at https://firecrawl.dev/pricing for increased rate limits or please retry after 1s, resets at Thu Nov 26 2026",
      ),
    failed: () => said(500, "An unexpected error occurred on the server."),
    broken: () => ({ status: 200, body: { success: true } }),
  });
  const faults = server.faults();
  return Object.assign(api, {
    integration: "Firecrawl",
    apiUrls: `firecrawl=${server.url}`,
    credential: { integration: "Firecrawl", apiKey: api.key, options: { startUrls: ORIGIN } },
    secrets: [api.key],
    world,
    endAs: (ended: Crawl["ended"] | undefined) => void (api.endsAs = ended),
    faults: {
      ...faults,
      refuseCredential: () => void (api.refusing = true),
      expireCursors: () => api.forgetCrawls(),
      heal: () => {
        faults.heal();
        api.refusing = false;
      },
    },
    // How often a crawl is looked at until it has ended follows from how long it takes.
    requests: () => server.log.filter(({ path }) => !path.includes("skip=1000000")),
    // Credits, the crawl, what it brought, and what it could not read.
    leastRequests: () => 3 + Math.max(1, Math.ceil(world.addresses().length / pageSize)),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  });
}

export const startFake: StartFake = startFirecrawl;
