/** Pull requests that name issues they close: when one is renamed or deleted, GitHub moves no time of theirs. */
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
  const marks = new Map<number, string[]>();
  for (const { threadId, issue } of found) {
    const [, id, number] = /^github:(\d+):issue:(\d+)$/.exec(threadId) ?? [];
    if (id !== String(repository.id)) continue;
    const closed = Number(issue.slice(issue.lastIndexOf("#") + 1));
    const mark = `${closed} ${changes.get(closed) ?? ""}`;
    marks.set(Number(number), [...(marks.get(Number(number)) ?? []), mark]);
  }
  const items: IssueItem[] = [];
  for (const [number, said] of marks) {
    const issue = await oneIssue(reading, repository, number);
    if (issue !== undefined) items.push({ repository, issue, touchedAt: said.sort().join("\n") });
  }
  return items;
}
