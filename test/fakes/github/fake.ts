import type { FakeFaults, FakeOptions, FakeSource, StartFake } from "../fake";
import type { RotatingOAuth } from "../rotating-oauth";
import { githubHappenings } from "./happenings";
import { CLIENT } from "./oauth";
import { GithubServer } from "./server";
import type { FakeThread } from "./types";
import { GithubWorld } from "./world";

/** Page size of the fake, small so that a handful of items fills several pages; GitHub's own is 100. */
const MOST_PER_PAGE = 5;

export interface GithubFake extends FakeSource {
  world: GithubWorld;
  server: GithubServer;
  oauth: RotatingOAuth;
}

export async function startGithub(
  { seed, items, clock, pageSize }: FakeOptions,
  { mostPerPage = pageSize ?? MOST_PER_PAGE, login = "ada-quay" } = {},
): Promise<GithubFake> {
  const world = new GithubWorld(seed, items, clock);
  world.happenings = githubHappenings(world, world.random);
  const token = `github_pat_canary${seed}_77ab21c0ffee`;
  const server = new GithubServer({ world, clock, token, mostPerPage, login });
  return {
    integration: "GitHub",
    apiUrls: `github=${server.url},github.site=${server.url}`,
    credential: { integration: "GitHub", apiKey: token, accessKey: CLIENT.id, secretKey: CLIENT.secret },
    secrets: [token, CLIENT.secret],
    world,
    server,
    oauth: server.oauth,
    faults: faultsOf(server),
    requests: () => server.log,
    consent: (address) => Promise.resolve(server.oauth.consent(address)),
    leastRequests: () => leastRequests(world, mostPerPage),
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

export const startFake: StartFake = startGithub;

/**
 * Repositories; then for each: pages of issues (each begins with the last second of the one before) with the
 * conversations of a page at once, pages of discussions, releases, the tree, and each document; a wiki takes one request, and one more for its pages.
 */
function leastRequests(world: GithubWorld, size: number): number {
  const of = (id: number, wanted: readonly FakeThread["kind"][]) =>
    world.threads.filter((one) => one.repositoryId === id && wanted.includes(one.kind)).length;
  const perRepository = world.repositories.map(({ id, hasDiscussions, wiki }) => {
    const issues = of(id, ["issue", "pull"]);
    const pages = issues <= size ? 1 : 1 + Math.ceil((issues - size) / (size - 1));
    const conversations = Math.min(issues, pages);
    const releases = world.releases.filter((one) => one.repositoryId === id).length;
    const discussions = hasDiscussions ? pagesOf(of(id, ["discussion"]), size) : 0;
    const pagesOfWiki = wiki === undefined ? 0 : wiki.size === 0 ? 1 : 2;
    return pages + conversations + discussions + pagesOf(releases, size) + 1 + pagesOfWiki;
  });
  const lists = perRepository.reduce((sum, count) => sum + count, pagesOf(world.repositories.length, size));
  return lists + world.documents().length;
}

function pagesOf(count: number, size: number): number {
  return Math.max(1, Math.ceil(count / size));
}

function faultsOf(server: GithubServer): FakeFaults {
  const add = (kind: (typeof server.troubles)[number]["kind"], left: number) =>
    void server.troubles.push({ kind, left });
  return {
    rateLimit: (times) => {
      add("rate limit", times);
      add("secondary limit", 1);
    },
    serverError: (times) => add("server error", times),
    breakOff: (times) => add("break off", times),
    slow: (times) => add("slow", times),
    refuseCredential: () => server.tokens.clear(),
    expireToken: () => server.oauth.expire(),
    breakShape: () => void (server.broken = true),
    heal: () => {
      server.troubles.length = 0;
      server.broken = false;
      server.blocked.clear();
      server.tokens.add(server.options.token);
    },
    onRequest: (listener) => void (server.listener = listener),
  };
}
