import { z } from "zod";
import type { Db } from "@/core/models/database";
import { MissingError } from "@/core/services/http/errors";
import { Watermark } from "@/core/services/sync/watermark";
import { commentTimes } from "../db/queries";
import type { IssueItem } from "../models/items";
import { issueSchema, touchedCommentSchema } from "../models/rest";
import type { Reading } from "../reading";
import type { Repository } from "../repositories";
import { etagOfWhole } from "../api";
import { OVERLAP_MS, type RepositoryState } from "./per-repository";

const listings = ["issues/comments", "pulls/comments"] as const;

export type IssueReading = Pick<Reading, "api" | "options" | "account" | "directory"> & { db: Db };

/** Such changes are rare, and looked for at most once in so long. */
const EVERY_MS = 3_600_000;
const PER_PAGE = 100;
const pageSchema = z.array(z.unknown());

interface Touched {
  items: IssueItem[];
  etags: Record<string, string>;
  comments: NonNullable<RepositoryState["comments"]>;
}

interface LookedThrough {
  /** When the reading of the repository began. */
  began: Date;
  /** How far comments were looked through before; undefined when they never were. */
  comments: RepositoryState["comments"];
  etags: RepositoryState["etags"];
  /** However short a time ago. */
  always: boolean;
}

/**
 * Issues and pull requests whose comments were changed without a change of their own time: two questions for a whole
 * repository, which cost nothing while nothing happened. Asked once the pages of the listing are stored: what they
 * brought is known then, and what they passed over, because it looks unchanged, is not.
 */
export async function touchedIssues(
  reading: IssueReading,
  repository: Repository,
  { began, comments: before, etags: known, always }: LookedThrough,
): Promise<Touched> {
  const { api } = reading;
  const now = api.now();
  const begin = Watermark.of(null, began);
  begin.see(began.getTime());
  if (before === undefined)
    return { items: [], etags: {}, comments: { at: began.toISOString(), mark: begin.toJSON() } };
  const isEarly = now.getTime() - Date.parse(before.at) < EVERY_MS;
  if (isEarly && !always) return { items: [], etags: {}, comments: before };
  const mark = Watermark.of(null, now);
  const touched = new Map<number, string>();
  const etags: Record<string, string> = {};
  for (const listing of listings) {
    const since = Watermark.since(before.mark, OVERLAP_MS) ?? before.at;
    const query = { since, sort: "updated", direction: "asc", per_page: PER_PAGE };
    const path = `/repos/${repository.full_name}/${listing}`;
    let page = await api.get(path, pageSchema, { query, etag: known[listing] || undefined });
    // "" keeps an older one from counting.
    if (page !== undefined) etags[listing] = etagOfWhole(page, PER_PAGE) ?? "";
    while (page !== undefined) {
      for (const [number, at] of await news(reading, page.data, mark)) touched.set(number, at);
      page = page.next === undefined ? undefined : await api.get(page.next, pageSchema);
    }
  }
  const items: IssueItem[] = [];
  for (const [number, touchedAt] of touched) {
    const issue = await oneIssue(reading, repository, number);
    if (issue !== undefined) items.push({ repository, issue, touchedAt });
  }
  const seen = mark.toJSON();
  return {
    items,
    etags,
    comments: { at: now.toISOString(), mark: seen.largest === null ? before.mark : seen },
  };
}

/** Numbers of issues with comments that are not stored as they are now, and when those were changed. */
async function news(
  { db, account }: IssueReading,
  entries: readonly unknown[],
  mark: Watermark,
): Promise<[number, string][]> {
  const comments = entries.flatMap((entry) => touchedCommentSchema.safeParse(entry).data ?? []);
  const known = await commentTimes(
    db,
    account,
    comments.map(({ node_id }) => node_id),
  );
  for (const { updated_at } of comments) mark.see(updated_at);
  return comments.flatMap(({ node_id, updated_at, issue_url, pull_request_url }) => {
    const number = Number(/\/(\d+)$/.exec(issue_url ?? pull_request_url ?? "")?.[1] ?? Number.NaN);
    const at = new Date(updated_at ?? "");
    if (Number.isNaN(number) || Number.isNaN(at.getTime())) return [];
    return known.get(node_id) === at.toISOString() ? [] : [[number, at.toISOString()] as [number, string]];
  });
}

/** Undefined for one that was deleted or transferred meanwhile: the full sync takes it out. */
export async function oneIssue({ api }: IssueReading, { full_name }: Repository, number: number) {
  try {
    const { data } = await api.get(`/repos/${full_name}/issues/${number}`, issueSchema);
    return data.number === number ? data : undefined;
  } catch (error) {
    if (error instanceof MissingError) return undefined;
    throw error;
  }
}
