/**
 * Lists a repository's issues and pull requests by their time of change, ascending. Where a page is full, the next one
 * is asked for from its last time on: numbered pages would shift whenever an item is changed meanwhile, and what lies
 * at the border would be passed over.
 */
import { z } from "zod";
import { Watermark } from "@/core/services/sync/watermark";
import type { GithubApi, Listed } from "../api";
import type { GithubOptions } from "../models/options";
import { type IssueItem, isPull } from "../models/items";
import { type IssueAnswer, issueSchema } from "../models/rest";
import type { Repository } from "../repositories";
import { OVERLAP_MS, type Part, type RepositoryState, sinceOption } from "./per-repository";
import { type IssueReading, touchedIssues } from "./touched";

const PER_PAGE = 100;
const pageSchema = z.array(z.unknown());

export async function* readIssues(
  reading: IssueReading,
  repository: Repository,
  state: RepositoryState | undefined,
): AsyncGenerator<Part<IssueItem>> {
  const { api, options } = reading;
  const since = state === undefined ? null : Watermark.since(state.mark, OVERLAP_MS);
  const mark = Watermark.of(null, api.now());
  const met = new Set<number>();
  let etag: string | undefined;
  const pages = repository.has_issues === false ? pullPages : issuePages;
  const from = since ?? sinceOption(options.since);
  for await (const page of pages(api, repository, from, state?.etags["issues"])) {
    etag ??= page.etag;
    const { known, unknown } = parsed(page.data);
    for (const one of known) mark.see(one.updated_at);
    const fresh = known.filter(({ number }) => !met.has(number));
    for (const { number } of fresh) met.add(number);
    const wanted = fresh.filter((issue) => isWanted(issue, options));
    yield { items: wanted.map((issue) => ({ repository, issue })), ...strange(unknown, repository) };
  }
  const touched = await touchedIssues(reading, repository, state, met);
  const seen = mark.toJSON();
  yield {
    items: touched.items.filter(({ issue }) => isWanted(issue, options)),
    state: {
      // Nothing seen moves nothing, so that the next question is the same one and its ETag holds.
      mark: seen.largest === null ? (state?.mark ?? null) : seen,
      etags: { ...state?.etags, ...(etag === undefined ? {} : { issues: etag }), ...touched.etags },
      comments: touched.comments,
    },
  };
}

async function* issuePages(
  api: GithubApi,
  { full_name }: Repository,
  since: string | null,
  etag: string | undefined,
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

/** Where issues are switched off, pull requests have a listing that knows no `since`: newest change first. */
async function* pullPages(
  api: GithubApi,
  { full_name }: Repository,
  since: string | null,
  etag: string | undefined,
): AsyncGenerator<Listed<unknown[]>> {
  const query = { state: "all", sort: "updated", direction: "desc", per_page: PER_PAGE };
  let page = await api.get(`/repos/${full_name}/pulls`, pageSchema, { query, etag });
  while (page !== undefined) {
    const data = page.data.filter((one) => isSince(issueSchema.safeParse(one).data?.updated_at, since));
    yield { ...page, data };
    if (page.next === undefined || data.length < page.data.length) return;
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
