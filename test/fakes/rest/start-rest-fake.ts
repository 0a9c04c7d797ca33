/**
 * A small REST provider that new integrations start from: documents in pages by cursor, narrowed by time of change.
 * `GET /items?cursor&updated_since&limit`, `GET /me`; with OAuth also `/authorize` and `/token`.
 */
import type { Clock } from "@/core/services/http/clock";
import { createRandom } from "@test/random";
import type {
  ExpectedArtifact,
  FakeFaults,
  FakeRequest,
  FakeSource,
  FakeWorld,
  Happening,
  StartFake,
} from "../fake";

export type FakeAuth = "api-key" | "basic" | "oauth";

interface Document {
  id: string;
  title: string;
  body: string;
  updatedAt: string;
  deleted: boolean;
}

const PAGE = 5;
type Trouble = "rate limit" | "server error" | "break off" | "slow";

/** `export const startFake = startRestFake("Acme", "api-key");` */
export function startRestFake(integration: string, auth: FakeAuth): StartFake {
  return async ({ seed, items, clock, pageSize = PAGE }) => {
    const world = new RestWorld(seed, clock);
    for (let index = 0; index < items; index++) world.create();
    const provider = new RestProvider(world, clock, seed, auth, pageSize);
    return fakeOf(integration, auth, world, provider);
  };
}

class RestWorld implements FakeWorld {
  readonly incrementalSees = { edits: true, deletions: true };
  /** What else happens at the provider: say it here, and random worlds try it. */
  readonly happenings: readonly Happening[] = [
    {
      name: "bring back",
      seen: true,
      happen: () => {
        const gone = [...this.documents.values()].find(({ deleted }) => deleted);
        return gone === undefined ? undefined : this.put({ id: gone.id });
      },
    },
  ];
  readonly documents = new Map<string, Document>();
  private readonly random;
  private serial = 0;
  private last = 0;

  constructor(
    seed: number,
    private readonly clock: Clock,
  ) {
    this.random = createRandom(seed);
  }

  create = () => this.put({ id: `doc-${String(++this.serial).padStart(5, "0")}` });
  edit = () => this.put({ id: this.pick().id });
  delete = () => this.put({ id: this.pick().id, deleted: true });
  createHuge = () =>
    this.put({ id: `doc-h${++this.serial}`, body: "The crane moved once more. ".repeat(40_000).trim() });
  createEmpty = () => this.put({ id: `doc-e${++this.serial}`, body: "" });

  visible(): Document[] {
    return [...this.documents.values()].filter(({ deleted }) => !deleted);
  }

  snapshot(): ReadonlyMap<string, ExpectedArtifact> {
    return new Map(this.visible().map(({ id, title, body }) => [id, { title, needles: [body] }]));
  }

  private put(change: Partial<Document> & { id: string }): string {
    // No two changes share a time.
    this.last = Math.max(this.last + 1, Math.floor(this.clock.now()));
    const serial = ++this.serial;
    const body = `Paragraph ${serial} says that number ${this.random.below(1e9)} was painted.`;
    const updatedAt = new Date(this.last).toISOString();
    this.documents.set(change.id, {
      title: `Document ${serial}`,
      body,
      deleted: false,
      updatedAt,
      ...change,
    });
    return change.id;
  }

  private pick(): Document {
    return this.random.pick(this.visible());
  }
}

class RestProvider {
  readonly log: FakeRequest[] = [];
  readonly troubles: { kind: Trouble; left: number }[] = [];
  readonly key: string;
  readonly secret: string;
  refusing = false;
  broken = false;
  cursorsFrom = 0;
  generation = 0;
  listener: ((request: Omit<FakeRequest, "status">) => void) | undefined;
  readonly server;

  constructor(
    private readonly world: RestWorld,
    private readonly clock: Clock,
    seed: number,
    private readonly auth: FakeAuth,
    private readonly pageSize: number,
  ) {
    this.key = `key-canary-${seed}-77ab21`;
    this.secret = `secret-canary-${seed}-91cd03`;
    this.server = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: (request) => this.serve(request) });
  }

  get url(): string {
    return `http://127.0.0.1:${this.server.port}`;
  }

  get token(): string {
    return `token-canary-${this.generation}-5e1f`;
  }

  private async serve(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const asked = { method: request.method, path: url.pathname + url.search };
    this.listener?.(asked);
    const trouble = this.troubles.find(({ left }) => left > 0);
    if (trouble !== undefined) trouble.left--;
    if (trouble?.kind === "slow") await Bun.sleep(60);
    const answer = this.answer(url, request.headers.get("authorization"), trouble?.kind);
    this.log.push({ ...asked, status: answer.status });
    if (trouble?.kind !== "break off") return answer;
    const text = await answer.text();
    return new Response(text.slice(0, text.length / 2), { headers: { "content-type": "application/json" } });
  }

  private answer(url: URL, authorization: string | null, trouble: Trouble | undefined): Response {
    if (url.pathname === "/token")
      return this.json({ access_token: this.token, refresh_token: "refresh-canary-3b7c" });
    if (trouble === "rate limit")
      return this.json({ error: "Too many requests." }, 429, { "retry-after": "1" });
    if (trouble === "server error") return this.json({ error: "Something broke." }, 500);
    if (this.refusing || authorization !== this.expected())
      return this.json({ error: "The key is not valid." }, 401);
    if (url.pathname === "/me") return this.json({ id: "u1", name: "Ana Silva" });
    if (url.pathname !== "/items") return this.json({ error: "There is no such path." }, 404);
    return this.items(url.searchParams);
  }

  private items(query: URLSearchParams): Response {
    const since = query.get("updated_since");
    const cursor = query.get("cursor");
    const [born, after] =
      cursor === null ? [this.cursorsFrom, ""] : [Number(cursor.split("~")[0]), cursor.split("~")[1] ?? ""];
    if (born < this.cursorsFrom) return this.json({ error: "The cursor has expired." }, 400);
    const order = ({ id, updatedAt }: Document) => (since === null ? id : `${updatedAt} ${id}`);
    const found = [...this.world.documents.values()]
      .filter((one) => (since === null ? !one.deleted : one.updatedAt >= since) && order(one) > after)
      .sort((a, b) => (order(a) < order(b) ? -1 : 1));
    const shown = found.slice(0, this.pageSize);
    const last = shown.at(-1);
    const next =
      found.length > this.pageSize && last !== undefined ? `${this.cursorsFrom}~${order(last)}` : null;
    return this.json(this.broken ? { rows: [] } : { items: shown, next });
  }

  private expected(): string {
    if (this.auth === "basic") return `Basic ${Buffer.from(`${this.key}:${this.secret}`).toString("base64")}`;
    return `Bearer ${this.auth === "oauth" ? this.token : this.key}`;
  }

  private json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
    return Response.json(body, {
      status,
      headers: { date: new Date(this.clock.now()).toUTCString(), ...headers },
    });
  }
}

function fakeOf(integration: string, auth: FakeAuth, world: RestWorld, provider: RestProvider): FakeSource {
  const { url, key, secret } = provider;
  const name = integration.toLowerCase().replaceAll(" ", "-");
  const given = auth === "api-key" ? { apiKey: key } : { accessKey: key, secretKey: secret };
  return {
    integration,
    apiUrls: [
      `${name}=${url}`,
      ...(auth === "oauth" ? [`${name}.authorize=${url}/authorize`, `${name}.token=${url}/token`] : []),
    ].join(","),
    credential: { integration, ...given },
    secrets:
      auth === "oauth"
        ? [secret, provider.token, "refresh-canary-3b7c"]
        : [key, secret].slice(0, auth === "basic" ? 2 : 1),
    world,
    faults: faultsOf(provider, auth),
    requests: () => provider.log.filter(({ path }) => path.startsWith("/items")),
    leastRequests: () => Math.max(1, Math.ceil(world.visible().length / PAGE)),
    ...(auth === "oauth" ? { consent: consentOf } : {}),
    [Symbol.asyncDispose]: () => provider.server.stop(true),
  };
}

/** The person agrees: the provider sends them back with a code. */
function consentOf(authorizationUrl: string): Promise<string> {
  const asked = new URL(authorizationUrl);
  const back = new URL(asked.searchParams.get("redirect_uri") ?? "");
  back.searchParams.set("code", "code-1");
  back.searchParams.set("state", asked.searchParams.get("state") ?? "");
  return Promise.resolve(back.href);
}

function faultsOf(provider: RestProvider, auth: FakeAuth): FakeFaults {
  const add = (kind: Trouble) => (left: number) => void provider.troubles.push({ kind, left });
  return {
    rateLimit: add("rate limit"),
    serverError: add("server error"),
    breakOff: add("break off"),
    slow: add("slow"),
    refuseCredential: () => void (provider.refusing = true),
    ...(auth === "oauth" ? { expireToken: () => void provider.generation++ } : {}),
    expireCursors: () => void provider.cursorsFrom++,
    breakShape: () => void (provider.broken = true),
    heal: () => {
      provider.troubles.length = 0;
      provider.refusing = provider.broken = false;
    },
    onRequest: (listener) => void (provider.listener = listener),
  };
}
