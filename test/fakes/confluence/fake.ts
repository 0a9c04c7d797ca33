/**
 * Confluence Cloud's REST API v2, as far as a reader needs it: basic auth, listings by `Link` header, bodies on demand,
 * people in bulk. Shapes and words follow developer.atlassian.com/cloud/confluence/rest/v2.
 */
import { z } from "zod";
import type { FakeSource, StartFake } from "../fake";
import { FakeServer, type Reply } from "../fake-server";
import { confluenceHappenings } from "./happenings";
import { ConfluenceWorld, type FakeComment, type FakePage } from "./world";

export interface ConfluenceFake extends FakeSource {
  world: ConfluenceWorld;
  /** A token that is not known makes a visitor of whoever brings it, where the site lets visitors in. */
  letVisitorsIn: () => void;
  /** The site goes on without Confluence. */
  cancel: () => void;
}

const EMAIL = "ana@acme.example";

export async function startConfluence({
  seed,
  items,
  clock,
  pageSize: given,
}: Parameters<StartFake>[0]): Promise<ConfluenceFake> {
  const world = new ConfluenceWorld(seed, clock);
  world.happenings = confluenceHappenings(world, world.random);
  const token = `ATATT3xcanary${seed}F00D`;
  const pageSize = given ?? (items > 200 ? 250 : 5);
  let [refusing, visitors, cancelled] = [false, false, false];
  for (let index = 0; index < items; index++) world.create();

  const answer = async (request: Request, url: URL): Promise<Reply> => {
    if (cancelled) return { status: 404, body: { message: "Not Found" } };
    const expected = `Basic ${Buffer.from(`${EMAIL}:${token}`).toString("base64")}`;
    const known = !refusing && request.headers.get("authorization") === expected;
    if (!known && !visitors)
      return { status: 401, body: { message: "Client must be authenticated to access this resource." } };
    if (url.pathname === "/wiki/rest/api/user/current")
      return {
        status: 200,
        body: known ? { type: "known", ...world.people[0] } : { type: "anonymous", displayName: "Anonymous" },
      };
    const path = /^\/wiki\/api\/v2\/(.+)$/.exec(url.pathname)?.[1] ?? "";
    if (path === "users-bulk") {
      const { accountIds } = z
        .object({ accountIds: z.array(z.string()).max(250) })
        .parse(await request.json());
      return {
        status: 200,
        body: { results: world.people.filter(({ accountId }) => accountIds.includes(accountId)) },
      };
    }
    const [, kind, holder] = /^(folder|whiteboard|database|embed)s\/(\d+)$/.exec(path) ?? [];
    const held = world.folders.get(holder ?? "");
    if (holder !== undefined) return one(held?.type === kind ? held : undefined);
    const found = known ? listing(world, path, url.searchParams) : [];
    return found === undefined ? one(undefined) : paged(found, url, pageSize);
  };
  const server = new FakeServer({
    clock,
    answer,
    limited: () => ({
      status: 429,
      body: { message: "Rate limit exceeded." },
      headers: { "retry-after": "1", "x-ratelimit-remaining": "0" },
    }),
    failed: () => ({ status: 500, body: { statusCode: 500, message: "Internal server error" } }),
    broken: ({ headers }) => ({ status: 200, body: { values: [] }, ...(headers && { headers }) }),
  });
  const faults = server.faults();
  return {
    integration: "Confluence",
    apiUrls: `confluence=${server.url}`,
    credential: {
      integration: "Confluence",
      baseUrl: "https://acme.atlassian.net",
      accessKey: EMAIL,
      secretKey: token,
    },
    secrets: [token],
    world,
    cancel: () => void (cancelled = true),
    letVisitorsIn: () => void (visitors = true),
    faults: {
      ...faults,
      refuseCredential: () => void (refusing = true),
      heal: () => {
        faults.heal();
        refusing = false;
      },
    },
    requests: () => server.log,
    leastRequests: () => least(world, pageSize),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

export const startFake: StartFake = startConfluence;

const one = (found: unknown): Reply =>
  found === undefined
    ? {
        status: 404,
        body: { errors: [{ status: 404, code: "NOT_FOUND", title: "Not Found", detail: null }] },
      }
    : { status: 200, body: found };

function listing(world: ConfluenceWorld, path: string, query: URLSearchParams): { id: string }[] | undefined {
  const withBody = query.get("body-format") === "storage";
  switch (path) {
    case "spaces":
      return world.spaces;
    case "pages":
    case "blogposts": {
      const [ids, spaces] = [query.getAll("id"), query.getAll("space-id")];
      return world
        .visible(path)
        .filter(
          ({ id, spaceId }) =>
            (ids.length === 0 || ids.includes(id)) && (spaces.length === 0 || spaces.includes(spaceId)),
        )
        .map((page) => shownPage(page, withBody));
    }
    case "footer-comments":
    case "inline-comments":
      return [...world.comments.values()]
        .filter(({ kind }) => kind === path)
        .map((comment) => shownComment(comment, withBody));
    default:
      return undefined;
  }
}

const bodyOf = (storage: string | undefined, withBody: boolean) => ({
  body: withBody && storage !== undefined ? { storage: { representation: "storage", value: storage } } : {},
});

function shownPage(
  { kind, storage, isTextless, says: _says, hidden: _hidden, extra, ...page }: FakePage,
  withBody: boolean,
) {
  const webui = `/spaces/${page.spaceId === "98305" ? "ENG" : "HB"}/${kind === "pages" ? "pages" : "blog"}/${page.id}`;
  return {
    ...page,
    ...extra,
    ...bodyOf(isTextless ? undefined : storage, withBody),
    _links: { webui, tinyui: `/x/${page.id}` },
  };
}

const shownComment = ({ kind: _kind, storage, text: _text, ...comment }: FakeComment, withBody: boolean) => ({
  ...comment,
  status: "current",
  ...bodyOf(storage, withBody),
});

/** A page from behind the id that the cursor names; the next one's address stands in `Link` and in the body. */
function paged(all: readonly { id: string }[], url: URL, most: number): Reply {
  const limit = Math.min(
    Number(url.searchParams.get("limit") ?? "25"),
    url.searchParams.has("id") ? 250 : most,
  );
  const after = Number(atob(url.searchParams.get("cursor") ?? ""));
  const left = all.toSorted((a, b) => Number(a.id) - Number(b.id)).filter(({ id }) => Number(id) > after);
  const results = left.slice(0, limit);
  if (left.length <= limit)
    return { status: 200, body: { results, _links: { base: "https://acme.atlassian.net/wiki" } } };
  const next = new URL(url);
  next.searchParams.set("cursor", btoa(results.at(-1)?.id ?? ""));
  const address = next.pathname + next.search;
  return {
    status: 200,
    body: { results, _links: { next: address, base: "https://acme.atlassian.net/wiki" } },
    headers: { link: `<${address}>; rel="next"` },
  };
}

/** Listings of pages, posts, spaces and comments; texts by fifties; who is who; whether the token is known; folders. */
function least(world: ConfluenceWorld, pageSize: number): number {
  const [pages, posts] = [world.visible("pages").length, world.visible("blogposts").length];
  const comments = (["footer-comments", "inline-comments"] as const).map(
    (kind) => [...world.comments.values()].filter((comment) => comment.kind === kind).length,
  );
  const lists = [pages, posts, world.spaces.length, ...comments].map((count) =>
    Math.max(1, Math.ceil(count / pageSize)),
  );
  const texts = Math.ceil(pages / 50) + Math.ceil(posts / 50);
  return lists.reduce((sum, count) => sum + count, texts) + 2 + 1 + world.folders.size;
}
