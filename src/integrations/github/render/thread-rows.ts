/** Rows of the tables, from an issue or pull request with its details. */
import { plainLine } from "@/lib/clean-text";
import { toIso } from "@/lib/time";
import type { ThreadRows } from "../db/queries";
import type { Comment, Details } from "../models/graphql";
import { isPull, type IssueItem, issueKey } from "../models/items";
import { stateOf } from "./issue";

/** As it stands in the table. */
export const titleOf = ({ title }: IssueItem["issue"]) => plainLine(title ?? "", 300);

export function issueRows(account: string, item: IssueItem, details: Details): ThreadRows {
  const { repository, issue } = item;
  const threadId = issueKey(item);
  const own = { account, threadId };
  const { comments, reviews, reviewThreads, commits, closingIssuesReferences: closing } = details;
  return {
    thread: {
      ...own,
      repositoryId: String(repository.id),
      kind: isPull(issue) ? "pull" : "issue",
      number: issue.number,
      title: titleOf(issue),
      state: stateOf(issue),
      stateReason: issue.state_reason ?? null,
      author: issue.user?.login ?? null,
      assignees: issue.assignees.map(({ login }) => login).join(", "),
      milestone: issue.milestone?.title ?? null,
      reviewDecision: details.reviewDecision ?? null,
      baseBranch: details.baseRefName ?? null,
      headBranch: details.headRefName ?? null,
      additions: details.additions ?? null,
      deletions: details.deletions ?? null,
      changedFiles: details.changedFiles ?? null,
      comments: comments.nodes.length,
      createdAt: toIso(issue.created_at) ?? null,
      updatedAt: toIso(issue.updated_at) ?? null,
      closedAt: toIso(issue.closed_at) ?? null,
      mergedAt: toIso(issue.pull_request?.merged_at ?? issue.merged_at) ?? null,
      url: issue.html_url ?? null,
    },
    labels: issue.labels.map((label) => ({ ...own, label: plainLine(label, 100) })),
    comments: [
      ...comments.nodes.map((one) => commentRow(own, one, "comment")),
      ...reviews.nodes.map((one) => commentRow(own, one, "review")),
      ...reviewThreads.nodes.flatMap(({ path, comments: { nodes } }) =>
        nodes.map((one) => ({ ...commentRow(own, one, "review comment"), path: path ?? null })),
      ),
    ],
    commits: commits.nodes.map(({ commit: { oid, messageHeadline, committedDate, author } }) => ({
      ...own,
      sha: oid,
      headline: plainLine(messageHeadline ?? ""),
      author: author?.user?.login ?? author?.name ?? null,
      committedAt: toIso(committedDate) ?? null,
    })),
    closing: closing.nodes.map((one) => ({ ...own, issue: `${one.repository.nameWithOwner}#${one.number}` })),
  };
}

export function commentRow(own: { account: string; threadId: string }, one: Comment, kind: string) {
  return {
    ...own,
    commentId: one.id,
    kind,
    author: one.author?.login ?? null,
    state: one.state ?? null,
    path: null,
    createdAt: toIso(one.createdAt) ?? null,
    updatedAt: toIso(one.updatedAt) ?? null,
    url: one.url ?? null,
  };
}
