/**
 * Pull requests that name issues they close, in whichever repository: when one is renamed or deleted, GitHub moves no time
 * of theirs.
 */
import { ForbiddenError, unlessRefused } from "@/core/services/http/errors";
import { closersOf, storedTitles } from "../db/queries";
import { type IssueItem, issueKey } from "../models/items";
import type { IssueAnswer } from "../models/rest";
import { titleOf } from "../render/thread-rows";
import type { Repository } from "../repositories";
import { type IssueReading, oneIssue } from "./touched";

/** Those that are to be read again because of these issues, which are about to be stored under another title. */
export async function closersOfRenamed(
  reading: IssueReading,
  repository: Repository,
  issues: readonly IssueAnswer[],
): Promise<IssueItem[]> {
  const keyOf = (issue: IssueAnswer) => issueKey({ repository, issue });
  const before = await storedTitles(reading.db, reading.account, issues.map(keyOf));
  const renamed = issues.filter((issue) => (before.get(keyOf(issue)) ?? titleOf(issue)) !== titleOf(issue));
  return closers(reading, repository, new Map(renamed.map((one) => [one.number, titleOf(one)])));
}

/** Those that name issues which a complete listing did not meet. */
export function closersOfGone(
  reading: IssueReading,
  repository: Repository,
  gone: readonly number[],
): Promise<IssueItem[]> {
  return closers(reading, repository, new Map(gone.map((number) => [number, "gone"])));
}

/** @param changes what became of each issue: a mark that tells one change from the next. */
async function closers(
  reading: IssueReading,
  repository: Repository,
  changes: ReadonlyMap<number, string>,
): Promise<IssueItem[]> {
  const nameOf = (number: number) => `${repository.full_name}#${number}`;
  const found = await closersOf(reading.db, reading.account, [...changes.keys()].map(nameOf));
  if (found.length === 0) return [];
  const marks = new Map<string, string[]>();
  for (const { threadId, issue } of found) {
    const closed = Number(issue.slice(issue.lastIndexOf("#") + 1));
    const mark = `${closed} ${changes.get(closed) ?? ""}`;
    marks.set(threadId, [...(marks.get(threadId) ?? []), mark]);
  }
  const { repositories } = await reading.directory();
  const items: IssueItem[] = [];
  for (const [threadId, said] of marks) {
    const [, id, number] = /^github:(\d+):issue:(\d+)$/.exec(threadId) ?? [];
    const place = repositories.find((one) => String(one.id) === id);
    if (place === undefined) continue;
    // Another repository that is closed to us by now says nothing of this one.
    const issue = await unlessRefused(oneIssue(reading, place, Number(number)), ForbiddenError);
    if (issue !== undefined) items.push({ repository: place, issue, touchedAt: said.sort().join("\n") });
  }
  return items;
}
