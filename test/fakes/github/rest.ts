/** GitHub's REST API, as far as reading goes: pages with Link headers, `since`, redirects of what was renamed. */
import type { Shapes } from "./shapes";
import { blobSha } from "./shapes";
import { nameOf } from "./expected";
import type { FakeRepository, FakeThread } from "./types";
import { type GithubWorld } from "./world";

export interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

export const refusal = (status: number, message: string, headers: Record<string, string> = {}): Answer => ({
  status,
  body: { message, documentation_url: "https://docs.github.com/rest", status: String(status) },
  headers,
});
const notFound = () => refusal(404, "Not Found");

export interface RestOptions {
  world: GithubWorld;
  shapes: Shapes;
  /** Largest page; GitHub's own is 100. */
  mostPerPage: number;
  login: string;
}

/** Repositories by full name that answer with a status of their own (451, 403 …) instead of their contents. */
export type Blocked = ReadonlyMap<string, number>;

export function restAnswer(
  url: URL,
  { world, shapes, mostPerPage, login }: RestOptions,
  blocked: Blocked,
): Answer {
  const path = url.pathname;
  const paged = (all: readonly unknown[]) => pageOf(all, url, mostPerPage);
  if (path === "/user") return { status: 200, body: shapes.me(login) };
  const visible = world.repositories;
  if (path === "/user/repos") return paged(visible.map((one) => shapes.repository(one)));
  const owner = /^\/users\/([^/]+)\/repos$/.exec(path)?.[1];
  if (owner !== undefined) {
    const open = visible.filter((one) => one.owner === owner && !one.isPrivate);
    return open.length === 0 ? notFound() : paged(open.map((one) => shapes.repository(one)));
  }
  const [, full = "", rest = ""] = /^\/repos\/([^/]+\/[^/]+)(\/.*)?$/.exec(path) ?? [];
  const former = visible.find((one) => one.formerNames.includes(full));
  if (former !== undefined) {
    const location = `${url.origin}/repos/${nameOf(former)}${rest}${url.search}`;
    return { ...refusal(301, "Moved Permanently"), headers: { location } };
  }
  const repository = visible.find((one) => nameOf(one).toLowerCase() === full.toLowerCase());
  if (repository === undefined) return notFound();
  if (rest === "") return { status: 200, body: shapes.repository(repository, true) };
  const status = blocked.get(full);
  if (status !== undefined) return refusal(status, "Repository access blocked");
  return contents({ repository, rest, url, paged, world, shapes });
}

interface Place {
  repository: FakeRepository;
  rest: string;
  url: URL;
  paged: (all: readonly unknown[]) => Answer;
  world: GithubWorld;
  shapes: Shapes;
}

function contents(place: Place): Answer {
  const { repository, rest, paged, world, shapes } = place;
  const own = <Item extends { repositoryId: number }>(all: readonly Item[]) =>
    all.filter((one) => one.repositoryId === repository.id);
  const threads = own(world.threads).filter(({ kind }) => kind !== "discussion");
  if (rest === "/issues") {
    if (!repository.hasIssues) return refusal(410, "Issues has been disabled in this repository.");
    return paged(listed(threads, place.url).map((one) => shapes.issue(one)));
  }
  if (rest === "/pulls")
    return paged(
      listed(
        threads.filter(({ kind }) => kind === "pull"),
        place.url,
      ).map((one) => shapes.pull(one)),
    );
  if (rest === "/issues/comments" || rest === "/pulls/comments") return paged(comments(place, threads));
  if (rest === "/releases")
    return paged(
      own(world.releases)
        .toReversed()
        .map((one) => shapes.release(one)),
    );
  if (rest === "/git/trees/main") {
    if (repository.files.size === 0) return refusal(409, "Git Repository is empty.");
    return { status: 200, body: shapes.tree(repository) };
  }
  const sha = /^\/git\/blobs\/([0-9a-f]{40})$/.exec(rest)?.[1];
  const text = [...repository.files.values()].find((one) => blobSha(one) === sha);
  if (text !== undefined) return { status: 200, body: shapes.blob(repository, text) };
  const number = Number(/^\/issues\/(\d+)$/.exec(rest)?.[1] ?? 0);
  const thread = threads.find((one) => one.number === number);
  if (thread !== undefined) return { status: 200, body: shapes.issue(thread) };
  return number > 0 ? refusal(410, "This issue was deleted") : notFound();
}

/** Threads since a time, in the order that is asked for. */
function listed(threads: readonly FakeThread[], url: URL): FakeThread[] {
  const since = Date.parse(url.searchParams.get("since") ?? "1970-01-01");
  const by = url.searchParams.get("sort") === "updated" ? "updatedAt" : "createdAt";
  const sign = url.searchParams.get("direction") === "asc" ? 1 : -1;
  return threads
    .filter(({ updatedAt }) => updatedAt >= since)
    .sort((a, b) => sign * (a[by] - b[by] || a.number - b.number));
}

function comments({ rest, url, shapes }: Place, threads: readonly FakeThread[]): unknown[] {
  const since = Date.parse(url.searchParams.get("since") ?? "1970-01-01");
  const all =
    rest === "/issues/comments"
      ? threads.flatMap((thread) =>
          thread.comments.map((one) => ({ one, shape: () => shapes.comment(one, thread) })),
        )
      : threads.flatMap((thread) =>
          thread.lineThreads.flatMap((place) =>
            place.comments.map((one) => ({ one, shape: () => shapes.lineComment(one, thread, place) })),
          ),
        );
  return all
    .filter(({ one }) => one.updatedAt >= since)
    .sort((a, b) => a.one.updatedAt - b.one.updatedAt || a.one.id - b.one.id)
    .map(({ shape }) => shape());
}

function pageOf(all: readonly unknown[], url: URL, most: number): Answer {
  const size = Math.min(most, Number(url.searchParams.get("per_page") ?? 30));
  const page = Number(url.searchParams.get("page") ?? 1);
  const body = all.slice((page - 1) * size, page * size);
  const link = (to: number, rel: string) => {
    const target = new URL(url);
    target.searchParams.set("page", String(to));
    return `<${target.href}>; rel="${rel}"`;
  };
  const last = Math.max(1, Math.ceil(all.length / size));
  const links = [
    ...(page > 1 ? [link(page - 1, "prev"), link(1, "first")] : []),
    ...(page < last ? [link(page + 1, "next"), link(last, "last")] : []),
  ];
  return { status: 200, body, headers: links.length === 0 ? {} : { link: links.join(", ") } };
}
