/**
 * Lists a repository's issues and pull requests by their time of change, ascending. Where a page is full, the next one
 * is asked for from its last time on: numbered pages would shift whenever an item is changed meanwhile, and what lies
 * at the border would be passed over.
 */
import { z } from "zod";
import { Watermark } from "@/core/services/sync/watermark";
import { etagOfWhole, type GithubApi, type Listed } from "../api";
import type { GithubOptions } from "../models/options";
import { type IssueItem, isPull } from "../models/items";
import { type IssueAnswer, issueSchema } from "../models/rest";
import type { Repository } from "../repositories";
import { OVERLAP_MS, type Part, type RepositoryState, sinceOption } from "./per-repository";
import { closersOfGone, closersOfRenamed } from "./closers";
import { type IssueReading, touchedIssues } from "./touched";

const PER_PAGE = 100;
const pageSchema = z.array(z.unknown());

/**
 * @param state undefined: everything is read.
 * @param place where the last reading stood, from which on a full sync looks for comments that changed by themselves,
 * and the keys that are stored of the repository.
 */
export async function* readIssues(
  reading: IssueReading,
  repository: Repository,
  state: RepositoryState | undefined,
  { before, stored }: { before: RepositoryState | undefined; stored: readonly string[] },
): AsyncGenerator<Part<IssueItem>> {
  const { api, options } = reading;
  const since = state === undefined ? null : Watermark.since(state.mark, OVERLAP_MS);
  const began = api.now();
  const mark = Watermark.of(null, began);
  const met = new Set<number>();
  let etags = state?.etags ?? {};
  let count = 0;
  const pages = repository.has_issues === false ? pullPages : issuePages;
  const from = since ?? sinceOption(options.since);
  const asked = { from, isAll: state === undefined, etag: etags["issues"] };
  for await (const page of pages(api, repository, asked)) {
    etags = withEtag(etags, count++ === 0 ? etagOfWhole(page, PER_PAGE) : undefined);
    const { known, unknown } = parsed(page.data);
    for (const one of known) mark.see(one.updated_at);
    const fresh = known.filter(({ number }) => !met.has(number));
    for (const { number } of fresh) met.add(number);
    const wanted = fresh.filter((issue) => isWanted(issue, options));
    // Before the page itself: a sync that ends between them finds the old title stored, and meets the change again.
    const closers = await closersOfRenamed(reading, repository, wanted);
    if (closers.length > 0) yield { items: closers, beside: `${repository.id} ${count}` };
    yield { items: wanted.map((issue) => ({ repository, issue })), ...strange(unknown, repository) };
  }
  const touched = await touchedIssues(reading, repository, {
    began,
    comments: (state ?? before)?.comments,
    etags: state?.etags ?? {},
    always: state === undefined,
  });
  const seen = mark.toJSON();
  // Where issues are switched off, all of them are gone, and each pull request would be asked for by itself.
  const looksForGone = state === undefined && repository.has_issues !== false;
  const gone = looksForGone ? notMet(stored, met) : [];
  const closers = await closersOfGone(reading, repository, gone);
  yield {
    items: closers.filter(({ issue }) => isWanted(issue, options)),
    beside: `${repository.id} gone`,
  };
  yield {
    items: touched.items.filter(({ issue }) => isWanted(issue, options)),
    state: {
      // Nothing seen moves nothing, so that the next question is the same one and its ETag holds.
      mark: seen.largest === null ? (state?.mark ?? null) : seen,
      etags: { ...etags, ...touched.etags },
      comments: touched.comments,
    },
  };
}

/** Numbers of stored issues that the listing of all of them did not bring. */
function notMet(stored: readonly string[], met: ReadonlySet<number>): number[] {
  return stored
    .map((key) => Number(key.slice(key.lastIndexOf(":") + 1)))
    .filter((number) => !met.has(number));
}

function withEtag({ issues: _before, ...others }: RepositoryState["etags"], etag: string | undefined) {
  return etag === undefined ? others : { ...others, issues: etag };
}

interface Asked {
  /** Nothing that was last changed before is wanted. */
  from: string | null;
  /** What the listing does not bring counts as deleted. */
  isAll: boolean;
  etag: string | undefined;
}

async function* issuePages(
  api: GithubApi,
  { full_name }: Repository,
  { from: since, etag }: Asked,
): AsyncGenerator<Listed<unknown[]>> {
  const path = `/repos/${full_name}/issues`;
  const query = { state: "all", sort: "updated", direction: "asc", per_page: PER_PAGE };
  let from = since;
  let page = await api.get(path, pageSchema, { query: { ...query, since: from ?? undefined }, etag });
  while (page !== undefined) {
    yield page;
    if (page.next === undefined) return;
    const last = issueSchema.safeParse(page.data.at(-1)).data?.updated_at ?? null;
    // So many changes within one second that its page is full: on within that second by number.
    const isStuck = last === null || (from !== null && Date.parse(last) <= Date.parse(from));
    if (isStuck) page = await api.get(page.next, pageSchema);
    else page = await api.get(path, pageSchema, { query: { ...query, since: (from = last) } });
  }
}

/**
 * Where issues are switched off, pull requests have a listing that knows no `since`: newest change first. All of them come
 * by number instead: one that changes meanwhile would move to a page that was read.
 */
async function* pullPages(
  api: GithubApi,
  { full_name }: Repository,
  { from: since, isAll, etag }: Asked,
): AsyncGenerator<Listed<unknown[]>> {
  const order = isAll ? { sort: "created", direction: "asc" } : { sort: "updated", direction: "desc" };
  const query = { state: "all", ...order, per_page: PER_PAGE };
  let page = await api.get(`/repos/${full_name}/pulls`, pageSchema, { query, etag });
  while (page !== undefined) {
    const data = page.data.filter((one) => isSince(issueSchema.safeParse(one).data?.updated_at, since));
    yield { ...page, data };
    if (page.next === undefined || (!isAll && data.length < page.data.length)) return;
    page = await api.get(page.next, pageSchema);
  }
}

function isSince(time: string | null | undefined, since: string | null): boolean {
  return since === null || time === null || time === undefined || Date.parse(time) >= Date.parse(since);
}

function isWanted(issue: IssueAnswer, { include }: GithubOptions): boolean {
  return include.includes(isPull(issue) ? "pulls" : "issues");
}

function parsed(entries: readonly unknown[]): { known: IssueAnswer[]; unknown: number } {
  const known = entries.flatMap((entry) => issueSchema.safeParse(entry).data ?? []);
  return { known, unknown: entries.length - known.length };
}

function strange(unknown: number, { full_name }: Repository): { incomplete?: string } {
  if (unknown === 0) return {};
  return { incomplete: `GitHub listed ${unknown} issues of ${full_name} in a shape that is not known here.` };
}
