/**
 * Zendesk's Help Center and Ticketing APIs, as far as a reader needs them: basic auth with an API token, cursors in `meta`,
 * names beside articles and tickets. Shapes and words follow developer.zendesk.com/api-reference.
 */
import type { FakeSource, StartFake } from "../fake";
import { FakeServer, type Reply } from "../fake-server";
import { agents } from "./desk";
import { deskAnswer } from "./desk-routes";
import { type FakeArticle, ZendeskWorld } from "./world";

export { ticketKeyOf } from "./desk";
export { keyOf } from "./world";

export interface ZendeskFake extends FakeSource {
  world: ZendeskWorld;
  /** There is no such account any more. */
  cancel: () => void;
  /** The token was deleted, and passes for a visitor's: what is open to everybody is all that it is shown. */
  forgetToken: () => void;
  /** The account is an administrator's. */
  grants: { admin: boolean };
  /** Exports that are granted in a minute; Zendesk grants ten. */
  exports: { perMinute: number };
}

const EMAIL = "ana@acme.example";

export async function startZendesk({
  seed,
  items,
  clock,
  pageSize: given,
  tickets = true,
}: Parameters<StartFake>[0] & { tickets?: boolean }): Promise<ZendeskFake> {
  const world = new ZendeskWorld(seed, items, clock, tickets);
  const grants = { admin: true };
  const exports = { perMinute: Number.POSITIVE_INFINITY };
  const exportedAt: number[] = [];
  const token = `canary${seed}Zd5e1fToken`;
  const pageSize = given ?? (items > 200 ? 100 : 5);
  let [refusing, cancelled, forgotten, generation] = [false, false, false, 0];

  const answer = (request: Request, url: URL): Reply => {
    if (cancelled) return { status: 404, body: { error: "No help desk at acme.zendesk.com" } };
    const expected = `Basic ${Buffer.from(`${EMAIL}/token:${token}`).toString("base64")}`;
    const given = request.headers.get("authorization") ?? "";
    const known = !refusing && !forgotten && given === expected;
    // Zendesk may answer a token that was deleted as it does a visitor.
    const visitor =
      forgotten || given === `Basic ${Buffer.from(`${EMAIL}/token:visitor`).toString("base64")}`;
    if (!known && !visitor) return { status: 401, body: { error: "Couldn't authenticate you" } };
    if (url.pathname === "/api/v2/users/me.json")
      return { status: 200, body: { user: known ? agents[0] : { id: null, name: "Anonymous user" } } };
    const now = clock.now();
    if (known && url.pathname.startsWith("/api/v2/incremental/")) {
      const latest = exportedAt.filter((at) => now - at < 60_000);
      if (latest.length >= exports.perMinute) return tooManyExports(now - (latest[0] ?? now));
      exportedAt.push(now);
    }
    const ofTickets = known
      ? deskAnswer(url, { desk: world.desk, now, pageSize, generation, admin: grants.admin })
      : undefined;
    if (ofTickets !== undefined) return ofTickets;
    if (url.pathname !== "/api/v2/help_center/articles.json")
      return { status: 404, body: { error: "RecordNotFound", description: "Not found" } };
    const open = world
      .visible()
      .filter(({ user_segment_id: one, user_segment_ids: some }) => one === null && !some?.length);
    const shown = known ? [...world.articles.values()] : open;
    return articlesPage(world, shown, url.searchParams, pageSize, generation);
  };
  const server = new FakeServer({
    clock,
    answer,
    limited: () => ({ status: 429, body: { error: "Too many requests" }, headers: { "retry-after": "1" } }),
    failed: () => ({ status: 500, body: { error: "Internal Server Error" } }),
    broken: () => ({ status: 200, body: { results: [] } }),
  });
  const faults = server.faults();
  return {
    integration: "Zendesk",
    apiUrls: `zendesk=${server.url}`,
    credential: {
      integration: "Zendesk",
      baseUrl: "https://acme.zendesk.com",
      accessKey: EMAIL,
      secretKey: token,
    },
    secrets: [token],
    world,
    cancel: () => void (cancelled = true),
    grants,
    exports,
    forgetToken: () => void (forgotten = true),
    faults: {
      ...faults,
      refuseCredential: () => void (refusing = true),
      expireCursors: () => void generation++,
      heal: () => {
        faults.heal();
        refusing = false;
      },
    },
    requests: () => server.log,
    // The pages of both, what was said in each ticket, the fields of tickets, and whether the token is known.
    leastRequests: () => {
      const pages = (count: number) => Math.max(1, Math.ceil(count / pageSize));
      const { desk } = world;
      const said = desk.live().map(({ id }) => pages(desk.comments.get(id)?.length ?? 0));
      const ofTickets = pages(desk.tickets.size) + said.reduce((sum, count) => sum + count, 0);
      return pages(world.articles.size) + 1 + (tickets ? ofTickets + pages(desk.fields.length) : 0);
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

function tooManyExports(sinceFirst: number): Reply {
  const description = "Number of allowed incremental export API requests per minute exceeded";
  const wait = Math.max(1, Math.ceil((60_000 - sinceFirst) / 1_000));
  const headers = { "retry-after": String(wait) };
  return { status: 429, body: { error: "APIRateLimitExceeded", description }, headers };
}

export const startFake: StartFake = startZendesk;

function articlesPage(
  world: ZendeskWorld,
  shown: readonly FakeArticle[],
  query: URLSearchParams,
  most: number,
  generation: number,
): Reply {
  const [born, after] = atob(query.get("page[after]") ?? btoa(`${generation} 0`))
    .split(" ")
    .map(Number);
  if (born !== generation)
    return { status: 400, body: { errors: [{ code: "InvalidCursor", title: "The cursor is invalid" }] } };
  const by = query.get("sort_by") ?? "position";
  const placeOf = ({ position, created_at }: FakeArticle) =>
    by === "created_at" ? Date.parse(created_at) : position;
  const left = shown
    .filter((article) => placeOf(article) > (after ?? 0))
    .toSorted((a, b) => placeOf(a) - placeOf(b));
  const articles = left.slice(0, Math.min(most, Number(query.get("page[size]") ?? "30")));
  const has_more = left.length > articles.length;
  const last = articles.at(-1);
  const wanted = new Set((query.get("include") ?? "").split(","));
  return {
    status: 200,
    body: {
      articles,
      ...(wanted.has("users") ? { users: agents } : {}),
      ...(wanted.has("sections") ? { sections: world.sections } : {}),
      ...(wanted.has("categories") ? { categories: world.categories } : {}),
      meta: {
        has_more,
        after_cursor: has_more ? btoa(`${generation} ${last === undefined ? 0 : placeOf(last)}`) : null,
      },
    },
  };
}
